package io.netsentinel.webui;

import io.netsentinel.events.Cidr;
import io.netsentinel.integrations.HouseMatch;
import io.netsentinel.integrations.HouseRule;
import io.netsentinel.integrations.HouseRules;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Deed;
import io.netsentinel.webui.Sheet.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The rules of the house as a table: those in force first, then the newest.
final class RuleSheet {
    private static final int MOST = 500;

    private RuleSheet() {}

    static Sheet of(HouseRules rules, Instant now) {
        List<HouseRule> active =
                rules.all().reversed().stream().filter(rule -> rule.active(now)).toList();
        List<HouseRule> over =
                rules.all().reversed().stream().filter(rule -> !rule.active(now)).toList();
        List<HouseRule> all = new ArrayList<>(active);
        all.addAll(over);
        return new Sheet(
                        "rules",
                        "Rules of the house",
                        active.size()
                                + " in force, "
                                + over.size()
                                + " over"
                                + (all.size() > MOST ? "; the newest " + MOST + " are shown" : ""),
                        List.of(
                                new Column("State", ""),
                                new Column("What it does", ""),
                                new Column("Alerts it means", "wide"),
                                new Column("Reason", "wide"),
                                new Column("By", ""),
                                new Column("Made", "num"),
                                new Column("Ends", "num"),
                                new Column("Hits since the start", "num")),
                        all.stream().limit(MOST).map(rule -> line(rules, rule, now)).toList(),
                        "No rule yet",
                        "Suppress an alert from its drawer or from a group, and the rule stands here.")
                .cut(all.size() > MOST);
    }

    private static Line line(HouseRules rules, HouseRule rule, Instant now) {
        HouseRule.Step made = rule.history().getFirst();
        String state = rule.state(now);
        return new Line(
                "rule-" + rule.id(),
                List.of(
                        Cell.state(state, state.equals("active") ? "ok" : ""),
                        Cell.of(rule.action().text()),
                        Cell.wide(words(rule.match())),
                        Cell.wide(rule.reason()),
                        Cell.of(made.user()),
                        Cell.date(made.time()),
                        ends(rule),
                        Cell.number(rules.hits(rule.id()))),
                state.equals("active")
                        ? List.of(new Deed("/rules/end", "End", "id", rule.id()))
                        : List.of());
    }

    private static Cell ends(HouseRule rule) {
        if (rule.ended()) {
            return Cell.date(rule.history().getLast().time());
        }
        return rule.expires().map(Cell::date).orElse(Cell.of("when ended"));
    }

    private static String words(HouseMatch match) {
        List<String> words = new ArrayList<>();
        match.signature().ifPresent(id -> words.add("signature " + id));
        range(words, "at either end ", match.address());
        range(words, "from ", match.source());
        range(words, "to ", match.destination());
        match.sensor().ifPresent(name -> words.add("seen by " + name));
        return String.join(", ", words);
    }

    private static void range(List<String> words, String before, Optional<Cidr> range) {
        range.ifPresent(one -> words.add(before + one.text()));
    }
}

package io.netsentinel.integrations;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.ThreatScore;
import io.netsentinel.events.Ulid;
import io.netsentinel.integrations.spi.Routed;
import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// The rules of the house: which alerts nobody has to deal with, and which somebody has to look at.
/// They are applied to alerts as they come in, before anybody sees them. An alert that is
/// suppressed is kept like any other and says so; when two rules mean the same alert, one that
/// escalates wins.
///
/// Any thread.
public final class HouseRules {
    private static final int MOST = 1_000;
    private static final int LONGEST_REASON = 500;
    private static final int SLICE = 500;

    private final Optional<Store> store;
    private final Function<Event.Builder, CompletableFuture<Void>> audit;
    private final Clock clock;
    private final ConcurrentSkipListMap<String, HouseRule> rules = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<String, LongAdder> hits = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();

    /// Those not ended; looked at for every alert.
    private volatile List<HouseRule> inForce = List.of();

    private HouseRules(
            Optional<Store> store,
            Function<Event.Builder, CompletableFuture<Void>> audit,
            Clock clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /// No rules, and nowhere to keep any.
    public static HouseRules none() {
        return new HouseRules(
                Optional.empty(),
                _ -> CompletableFuture.failedFuture(new IllegalStateException("no rules here")),
                Clock.systemUTC());
    }

    /// The rules that are stored.
    ///
    /// @param audit where it is told who changed what
    public static HouseRules open(
            Store store, Function<Event.Builder, CompletableFuture<Void>> audit, Clock clock) {
        HouseRules opened = new HouseRules(Optional.of(store), audit, clock);
        Table table = table(store);
        List<Row> rows = table.scan("", Table.END, SLICE);
        while (!rows.isEmpty()) {
            for (Row row : rows) {
                opened.rules.put(row.key(), HouseJson.read(row.value()));
            }
            rows = table.scan(rows.getLast().key() + '\0', Table.END, SLICE);
        }
        opened.refresh();
        return opened;
    }

    private static Table table(Store store) {
        return store.table("house-rules");
    }

    private void refresh() {
        inForce = rules.values().stream().filter(rule -> !rule.ended()).toList();
    }

    /// An alert as it goes on after the rules; anything else as it is.
    Routed apply(Routed routed) {
        if (inForce.isEmpty() || !routed.channels().contains(Channel.ALERTS)) {
            return routed;
        }
        Instant now = clock.instant();
        Optional<HouseRule> wins = Optional.empty();
        for (HouseRule rule : inForce) {
            boolean better = wins.isEmpty() || rule.action() == HouseAction.ESCALATE;
            if (better && rule.active(now) && rule.match().meets(routed.event())) {
                wins = Optional.of(rule);
                if (rule.action() == HouseAction.ESCALATE) {
                    break;
                }
            }
        }
        wins.ifPresent(rule -> hits.computeIfAbsent(rule.id(), _ -> new LongAdder()).increment());
        return wins.map(rule -> marked(routed, rule)).orElse(routed);
    }

    private static Routed marked(Routed routed, HouseRule rule) {
        Event.Builder event =
                routed.event().toBuilder()
                        .put(Fields.NS_HOUSE_ACTION, rule.action().text())
                        .put(Fields.NS_HOUSE_RULE, rule.id())
                        .put(Fields.NS_HOUSE_REASON, rule.reason());
        List<String> channels = new ArrayList<>(routed.channels());
        if (rule.action() == HouseAction.SUPPRESS) {
            channels.remove(Channel.THREATS);
        } else if (!channels.contains(Channel.THREATS)) {
            channels.add(Channel.THREATS);
            // what is on `threats` has such a score, and others rely on it
            String why = routed.event().text(Fields.NS_SCORE_WHY);
            event.score(
                    new ThreatScore.Score(
                            Math.max(routed.event().score(), ThreatScore.THREAT),
                            (why.isEmpty() ? "" : why + "; ")
                                    + "raised to "
                                    + ThreatScore.THREAT
                                    + " by rule "
                                    + rule.id()));
        }
        return new Routed(event.build(), channels);
    }

    /// All of them, the oldest first.
    public List<HouseRule> all() {
        return List.copyOf(rules.values());
    }

    /// The one of that id.
    public Optional<HouseRule> find(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    /// How many alerts it was applied to since the server started.
    public long hits(String id) {
        return Optional.ofNullable(hits.get(id)).map(LongAdder::sum).orElse(0L);
    }

    /// Makes a rule, which is in force when this returns.
    ///
    /// @param expires when it ends by itself; empty for never
    /// @param reason why it is there, 1 to 500 characters
    /// @throws IllegalArgumentException when the reason is missing or too long, or the rule would
    ///   be over at once
    /// @throws IllegalStateException when there are 1,000 in force
    public HouseRule make(
            HouseAction action,
            HouseMatch match,
            Optional<Instant> expires,
            String reason,
            String user) {
        if (reason.isBlank() || reason.strip().length() > LONGEST_REASON) {
            throw new IllegalArgumentException(
                    "\"reason\" has 1 to " + LONGEST_REASON + " characters");
        }
        Instant now = clock.instant();
        if (expires.filter(end -> !end.isAfter(now)).isPresent()) {
            throw new IllegalArgumentException(
                    "\"expires\" is a time to come, such as 2027-01-31T12:00:00Z");
        }
        changing.lock();
        try {
            if (inForce.stream().filter(rule -> rule.active(now)).count() >= MOST) {
                throw new IllegalStateException(
                        "there are " + MOST + " rules in force; end some first");
            }
            HouseRule.Step made = new HouseRule.Step(HouseRule.MADE, user, now, "");
            HouseRule rule =
                    new HouseRule(
                            Ulid.next(), action, match, expires, reason.strip(), List.of(made));
            keep(rule);
            return rule;
        } finally {
            changing.unlock();
        }
    }

    /// Ends a rule. Alerts it was applied to stay as they are.
    ///
    /// @return empty when there is none of that id, or it was ended before
    public Optional<HouseRule> end(String id, String user, String note) {
        changing.lock();
        try {
            Optional<HouseRule> ended =
                    find(id).filter(rule -> !rule.ended())
                            .map(rule -> rule.end(user, clock.instant(), note));
            ended.ifPresent(this::keep);
            return ended;
        } finally {
            changing.unlock();
        }
    }

    /// Tells first, keeps then: a change nobody was told of does not come into force.
    private void keep(HouseRule rule) {
        HouseRule.Step last = rule.history().getLast();
        Event.Builder told =
                Event.builder()
                        .put(Fields.ID, Ulid.next())
                        .put(Fields.TIMESTAMP, last.time())
                        .put(Fields.EVENT_INGESTED, last.time())
                        .put(Fields.EVENT_KIND, "event")
                        .put(Fields.EVENT_MODULE, "netsentinel")
                        .put(Fields.EVENT_DATASET, "netsentinel.house_rule")
                        .put(Fields.EVENT_ACTION, "rule-" + last.action())
                        .put(Fields.USER_NAME, last.user())
                        .put(
                                Fields.MESSAGE,
                                "%s rule %s was %s: %s"
                                        .formatted(
                                                rule.action().text(),
                                                rule.id(),
                                                last.action(),
                                                last.note().isEmpty()
                                                        ? rule.reason()
                                                        : last.note()))
                        .put("ns.house.change", HouseJson.write(rule).toString());
        var _ = audit.apply(told).join();
        store.ifPresent(kept -> {
            StoreBatch batch = new StoreBatch();
            batch.put(table(kept), rule.id(), HouseJson.bytes(rule));
            kept.commit(batch).join();
        });
        rules.put(rule.id(), rule);
        refresh();
    }
}

package io.netsentinel.detection.incident;

import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.detection.RiskSum;
import io.netsentinel.detection.Tactic;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Ulid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// An incident that a batch of evidence changes.
final class Draft {
    private static final int MOST_TEXTS = 50;
    private static final int MOST_TITLE = 300;

    private final Kept before;
    private final boolean isNew;
    private final Instant now;
    private final List<IncidentMember> added = new ArrayList<>();
    private final List<String> absorbed = new ArrayList<>();
    private final Map<String, List<Span>> spans = new LinkedHashMap<>();
    private final List<Integer> scores;
    private final Set<String> hosts;
    private final Set<String> techniques;
    private final Set<String> rules;
    private final Set<String> sensors;
    private final EnumSet<Tactic> tactics;
    private String title;
    private Optional<Incident.Lead> lead;
    private Instant first;
    private Instant last;
    private long members;
    private int rows;

    private Draft(Kept before, boolean isNew, Instant now) {
        Incident incident = before.incident();
        this.before = before;
        this.isNew = isNew;
        this.now = now;
        this.scores = new ArrayList<>(incident.scores());
        this.hosts = new TreeSet<>(incident.hosts());
        this.techniques = new TreeSet<>(incident.techniques());
        this.rules = new TreeSet<>(incident.rules());
        this.sensors = new TreeSet<>(incident.sensors());
        this.tactics = EnumSet.noneOf(Tactic.class);
        incident.tactics().forEach(id -> Tactic.parse(id).ifPresent(tactics::add));
        this.title = incident.title();
        this.lead = isNew ? Optional.empty() : Optional.of(incident.lead());
        this.first = isNew ? Instant.MAX : incident.first();
        this.last = isNew ? Instant.MIN : incident.last();
        this.members = incident.members();
        this.rows = before.rows();
    }

    static Draft of(Kept before, Instant now) {
        return new Draft(before, false, now);
    }

    /// A new one.
    ///
    /// @param related the incident it follows on or is split from, `""` for none
    static Draft open(String related, Instant now) {
        return new Draft(new Kept(empty(Ulid.next(), related, now), 0, "", 0), true, now);
    }

    /// The same incident without any evidence, to be filled again.
    static Draft emptied(Incident of, Instant now) {
        Incident nothing = empty(of.id(), of.related(), of.opened());
        Draft draft = new Draft(new Kept(nothing, 0, "", 0), true, now);
        return draft;
    }

    private static Incident empty(String id, String related, Instant now) {
        return new Incident(
                id,
                0,
                "",
                IncidentStatus.NEW,
                Optional.empty(),
                "",
                List.of(),
                new Incident.Lead(0, now, ""),
                now,
                now,
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "",
                related,
                now,
                now,
                List.of());
    }

    String id() {
        return before.incident().id();
    }

    /// As it was before the batch.
    Incident stored() {
        return before.incident();
    }

    boolean isNew() {
        return isNew;
    }

    Instant first() {
        return first;
    }

    Instant last() {
        return last;
    }

    boolean knowsRule(String rule) {
        return rules.contains(rule);
    }

    /// Whether anybody worked on it.
    boolean touched() {
        return before.incident().version() > 0;
    }

    boolean changed() {
        return isNew
                || !added.isEmpty()
                || members != before.incident().members()
                || !absorbed.isEmpty()
                || !spans.isEmpty();
    }

    void add(Evidence evidence, boolean opener) {
        if (evidence.join(id())) {
            add(evidence.member(opener));
        }
    }

    void add(IncidentMember member) {
        Event event = member.event();
        members++;
        score(event.score());
        Incident.Lead candidate = new Incident.Lead(event.score(), member.time(), event.id());
        if (lead.isEmpty() || candidate.before(lead.get())) {
            lead = Optional.of(candidate);
            title = Titles.of(event);
        }
        first = member.time().isBefore(first) ? member.time() : first;
        last = member.time().isAfter(last) ? member.time() : last;
        put(hosts, Texts.of(event, Fields.SOURCE_IP));
        put(hosts, Texts.of(event, Fields.DESTINATION_IP));
        put(techniques, Texts.of(event, Fields.THREAT_TECHNIQUE_ID));
        put(rules, Texts.of(event, Fields.RULE_ID));
        put(sensors, Texts.of(event, Fields.OBSERVER_NAME));
        tactics.addAll(RuleFamily.tactics(event));
        if (rows < Kept.MOST_MEMBERS || before.takes(IncidentTables.memberKey(id(), member))) {
            added.add(member);
            rows++;
        }
    }

    private void score(int score) {
        scores.add(score);
        scores.sort(Comparator.reverseOrder());
        if (scores.size() > RiskSum.MOST) {
            scores.removeLast();
        }
    }

    private static void put(Set<String> set, Collection<String> texts) {
        for (String text : texts) {
            if (set.size() < MOST_TEXTS && !text.isEmpty()) {
                set.add(text.length() > MOST_TITLE ? text.substring(0, MOST_TITLE) : text);
            }
        }
    }

    /// Whether a key that does not lead here yet may.
    boolean takesKeys() {
        return rows < Kept.MOST_MEMBERS;
    }

    /// A key leads here in that time; what lies within it is told by it.
    void span(String key, Span span) {
        List<Span> of = spans.computeIfAbsent(key, _ -> new ArrayList<>());
        of.removeIf(old -> span.near(old.first(), 0) && span.near(old.last(), 0));
        of.add(span);
    }

    /// Takes everything of another one.
    void absorb(Draft other) {
        Incident them = other.state();
        absorbed.add(other.id());
        members += them.members();
        them.scores().forEach(this::score);
        if (lead.isEmpty() || them.lead().before(lead.get())) {
            lead = Optional.of(them.lead());
            title = them.title();
        }
        first = them.first().isBefore(first) ? them.first() : first;
        last = them.last().isAfter(last) ? them.last() : last;
        put(hosts, them.hosts());
        put(techniques, them.techniques());
        put(rules, them.rules());
        put(sensors, them.sensors());
        them.tactics().forEach(id -> Tactic.parse(id).ifPresent(tactics::add));
        rows += other.rows;
        other.added.forEach(added::add);
        other.spans.forEach((key, of) -> of.forEach(span -> span(key, span.of(id()))));
        absorbed.addAll(other.absorbed);
    }

    /// Something that both had counts once.
    void countedTwice(Evidence evidence) {
        members--;
        scores.remove((Object) evidence.score());
    }

    List<IncidentMember> added() {
        return added;
    }

    List<String> absorbed() {
        return absorbed;
    }

    Map<String, List<Span>> spans() {
        return spans;
    }

    /// As it is now.
    Incident state() {
        Incident was = before.incident();
        return new Incident(
                was.id(),
                was.version(),
                title,
                was.status(),
                was.resolution(),
                was.owner(),
                scores,
                lead.orElse(was.lead()),
                first.equals(Instant.MAX) ? was.first() : first,
                last.equals(Instant.MIN) ? was.last() : last,
                members,
                List.copyOf(hosts),
                tactics.stream().map(Tactic::id).toList(),
                List.copyOf(techniques),
                List.copyOf(rules),
                List.copyOf(sensors),
                was.mergedInto(),
                was.related(),
                was.opened(),
                now,
                was.history());
    }
}

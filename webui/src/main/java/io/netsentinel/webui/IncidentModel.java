package io.netsentinel.webui;

import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentChange;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.detection.RiskSum;
import io.netsentinel.detection.Tactic;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One incident with everything that is known of it, as its template takes it. Every text in here
/// came from outside and went through [Visible].
record IncidentModel(
        IncidentsModel.Line line,
        String here,
        String scoreWhy,
        Instant first,
        List<Move> moves,
        boolean closed,
        boolean mine,
        boolean owned,
        String mergedHref,
        String relatedHref,
        List<Pair> facts,
        List<Stage> stages,
        List<Piece> members,
        String kept,
        boolean splits,
        List<Step> changes) {
    private static final int MOST_RULES = 4;

    /// Where it is given out for other products.
    String stixHref() {
        return "/api" + here + "/export?format=stix";
    }

    boolean merged() {
        return !mergedHref.isEmpty();
    }

    boolean follows() {
        return !relatedHref.isEmpty();
    }

    boolean cut() {
        return !kept.isEmpty();
    }

    /// A name and a value.
    record Pair(String name, String value) {}

    /// A status it can be brought to.
    record Move(String status, String label, String style) {}

    /// What happened within one tactic.
    record Stage(
            String title,
            String id,
            Instant from,
            Instant until,
            String count,
            List<String> rules) {
        boolean known() {
            return !id.isEmpty();
        }

        String time() {
            return from.toString();
        }

        String timeFull() {
            return Rows.full(from);
        }

        String span() {
            return from.equals(until)
                    ? Rows.clock(from)
                    : Rows.clock(from) + " to " + Rows.clock(until);
        }
    }

    /// An alert or finding.
    record Piece(
            String id,
            String href,
            String severity,
            String severityWord,
            int score,
            String name,
            String source,
            String destination,
            boolean opener,
            Instant at) {
        boolean linked() {
            return !href.isEmpty();
        }

        String time() {
            return at.toString();
        }

        String timeFull() {
            return Rows.full(at);
        }

        String clock() {
            return Rows.clock(at);
        }
    }

    /// A line of the history.
    record Step(String user, String what, Instant when, String note) {
        boolean noted() {
            return !note.isEmpty();
        }

        String time() {
            return when.toString();
        }

        String timeFull() {
            return Rows.full(when);
        }
    }

    static IncidentModel of(Incident incident, List<IncidentMember> members, String user) {
        boolean whole = members.size() == incident.members();
        return new IncidentModel(
                IncidentsModel.line(incident),
                IncidentsModel.path(incident.id()),
                RiskSum.why(incident.scores()),
                incident.first(),
                incident.mergedInto().isEmpty() ? moves(incident) : List.of(),
                incident.status() == IncidentStatus.CLOSED,
                incident.owner().equals(user),
                !incident.owner().isEmpty(),
                incident.mergedInto().isEmpty() ? "" : IncidentsModel.path(incident.mergedInto()),
                incident.related().isEmpty() ? "" : IncidentsModel.path(incident.related()),
                facts(incident),
                stages(members),
                members.stream().map(IncidentModel::piece).toList(),
                whole
                        ? ""
                        : "The "
                                + Numbers.whole(members.size())
                                + " that weigh most of "
                                + Numbers.whole(incident.members()),
                members.size() > 1 && incident.mergedInto().isEmpty(),
                incident.history().stream().map(IncidentModel::step).toList());
    }

    /// Closing needs a resolution and has buttons of its own.
    private static List<Move> moves(Incident incident) {
        Move triage = new Move(IncidentStatus.TRIAGED.text(), "Triage", "main");
        Move contain = new Move(IncidentStatus.CONTAINED.text(), "Contain", "main");
        return switch (incident.status()) {
            case NEW -> List.of(triage, new Move(contain.status(), contain.label(), ""));
            case TRIAGED -> List.of(contain);
            case CONTAINED -> List.of(new Move(triage.status(), "Back to triaged", ""));
            case CLOSED -> List.of(new Move(triage.status(), "Open again", ""));
        };
    }

    private static List<Pair> facts(Incident incident) {
        List<Pair> facts = new ArrayList<>();
        facts.add(new Pair("Hosts", Visible.of(String.join(", ", incident.hosts()))));
        facts.add(new Pair("Techniques", Visible.of(String.join(", ", incident.techniques()))));
        facts.add(new Pair("Sensors", Visible.of(String.join(", ", incident.sensors()))));
        facts.add(new Pair("Id", incident.id()));
        facts.removeIf(fact -> fact.value().isEmpty());
        return facts;
    }

    /// The tactics in the order of an attack; what has none comes last.
    private static List<Stage> stages(List<IncidentMember> members) {
        Map<Optional<Tactic>, List<IncidentMember>> byTactic = new LinkedHashMap<>();
        for (Tactic tactic : Tactic.values()) {
            byTactic.put(Optional.of(tactic), new ArrayList<>());
        }
        byTactic.put(Optional.empty(), new ArrayList<>());
        for (IncidentMember member : members) {
            List<Tactic> tactics = member.tactics();
            if (tactics.isEmpty()) {
                byTactic.computeIfAbsent(Optional.empty(), _ -> new ArrayList<>()).add(member);
            }
            for (Tactic tactic : tactics) {
                byTactic.computeIfAbsent(Optional.of(tactic), _ -> new ArrayList<>()).add(member);
            }
        }
        List<Stage> stages = new ArrayList<>();
        byTactic.forEach((tactic, of) -> {
            if (!of.isEmpty()) {
                stages.add(stage(tactic, of));
            }
        });
        return stages;
    }

    private static Stage stage(Optional<Tactic> tactic, List<IncidentMember> members) {
        List<IncidentMember> byTime =
                members.stream().sorted(Comparator.comparing(IncidentMember::time)).toList();
        return new Stage(
                tactic.map(Tactic::title).orElse("Without a tactic"),
                tactic.map(Tactic::id).orElse(""),
                byTime.getFirst().time(),
                byTime.getLast().time(),
                Numbers.count(members.size(), "alert"),
                members.stream()
                        .map(member -> Visible.of(Rows.signature(member.event())))
                        .distinct()
                        .limit(MOST_RULES)
                        .toList());
    }

    private static Piece piece(IncidentMember member) {
        Event event = member.event();
        return new Piece(
                event.id(),
                member.channel().equals("alerts") ? Rows.path(event.id()) : "",
                event.severity().text(),
                Rows.word(event.severity()),
                event.score(),
                Visible.of(Rows.signature(event)),
                end(event, Fields.SOURCE_IP, Fields.SOURCE_PORT),
                end(event, Fields.DESTINATION_IP, Fields.DESTINATION_PORT),
                member.opener(),
                member.time());
    }

    private static String end(Event event, String ip, String port) {
        return Visible.of(Rows.address(event.text(ip), event.text(port)));
    }

    private static Step step(IncidentChange change) {
        String detail = Visible.of(change.detail());
        String what =
                switch (change.action()) {
                    case "opened" -> "opened it";
                    case "status" -> "made it " + detail.replace("-", " ");
                    case "assign" -> detail.isEmpty() ? "released it" : "gave it to " + detail;
                    case "note" -> "wrote";
                    case "merge" -> "took in " + detail;
                    case "merged" -> "put it into " + detail;
                    case "split" -> "split it: " + detail;
                    default -> Visible.of(change.action());
                };
        return new Step(
                change.user().isEmpty() ? "NetSentinel" : Visible.of(change.user()),
                what,
                change.time(),
                Visible.of(change.note()));
    }
}

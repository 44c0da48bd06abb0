package io.netsentinel.detection.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentAction;
import io.netsentinel.detection.IncidentChange;
import io.netsentinel.detection.IncidentConflict;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.detection.Resolution;
import io.netsentinel.queuing.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/// Decides what people do to incidents: whether it fits what the incident is by now, and which
/// events tell it.
final class People {
    private static final int MOST_AT_ONCE = 500;

    private final IncidentTables tables;
    private final Splitter splitter;
    private final Correlator correlator;

    People(IncidentTables tables, Splitter splitter, Correlator correlator) {
        this.tables = tables;
        this.splitter = splitter;
        this.correlator = correlator;
    }

    /// A change that somebody asks for.
    ///
    /// @param version the version the person saw, when that is said
    record Request(
            String user, Kept kept, IncidentAction action, String note, OptionalInt version) {
        Incident incident() {
            return kept.incident();
        }

        int next() {
            return incident().version() + 1;
        }

        IncidentEvents.Told told(String detail) {
            return new IncidentEvents.Told(action.text(), user, note, detail);
        }
    }

    /// @param others the other incidents of a merge that this person may see
    /// @throws IncidentConflict when it does not fit
    /// @throws IllegalArgumentException when it makes no sense
    List<Entry> decide(Request request, Function<String, Optional<Kept>> others, Instant now) {
        Incident incident = request.incident();
        if (request.version().isPresent() && request.version().getAsInt() != incident.version()) {
            throw conflict("the incident has version " + incident.version() + " by now", incident);
        }
        if (!incident.mergedInto().isEmpty()) {
            throw conflict("the incident is part of " + incident.mergedInto() + " now", incident);
        }
        return switch (request.action()) {
            case IncidentAction.Move move -> move(request, move, now);
            case IncidentAction.Assign assign -> assign(request, assign, now);
            case IncidentAction.Note _ -> note(request, now);
            case IncidentAction.Merge merge -> merge(request, merge, others, now);
            case IncidentAction.Split split -> split(request, split, now);
        };
    }

    private static List<Entry> move(Request request, IncidentAction.Move move, Instant now) {
        Incident incident = request.incident();
        boolean closes = move.status() == IncidentStatus.CLOSED;
        if (closes && move.resolution().isEmpty()) {
            throw new IllegalArgumentException(
                    "resolution: closing needs true-positive or false-positive");
        }
        if (!closes && move.resolution().isPresent()) {
            throw new IllegalArgumentException("resolution: only with the status closed");
        }
        if (incident.status() == move.status() && incident.resolution().equals(move.resolution())) {
            throw conflict("the incident is " + incident.status().text() + " already", incident);
        }
        String detail =
                move.status().text()
                        + move.resolution().map(Resolution::text).map(r -> ", " + r).orElse("");
        Incident after =
                new Edit(incident).move(move.status(), move.resolution()).at(request.next(), now);
        return List.of(told(after, request.told(detail), now));
    }

    private static List<Entry> assign(Request request, IncidentAction.Assign assign, Instant now) {
        Incident incident = request.incident();
        String owner = assign.owner().strip();
        if (owner.length() > 200) {
            throw new IllegalArgumentException("owner: more than 200 characters");
        }
        if (owner.equals(incident.owner())) {
            throw conflict(
                    owner.isEmpty()
                            ? "the incident is assigned to nobody already"
                            : "the incident is assigned to " + owner + " already",
                    incident);
        }
        boolean anothers = !incident.owner().isEmpty() && !incident.owner().equals(request.user());
        if (anothers && request.version().isEmpty()) {
            throw conflict(
                    "the incident is assigned to "
                            + incident.owner()
                            + " already (to take it over, say the version you have seen)",
                    incident);
        }
        Incident after = new Edit(incident).owner(owner).at(request.next(), now);
        return List.of(told(after, request.told(owner), now));
    }

    private static List<Entry> note(Request request, Instant now) {
        if (request.note().isBlank()) {
            throw new IllegalArgumentException("note: must not be empty");
        }
        Incident after = new Edit(request.incident()).at(request.next(), now);
        return List.of(told(after, request.told(""), now));
    }

    private List<Entry> merge(
            Request request,
            IncidentAction.Merge merge,
            Function<String, Optional<Kept>> others,
            Instant now) {
        Set<String> ids = new HashSet<>(merge.others());
        ids.remove(request.incident().id());
        if (ids.isEmpty() || ids.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException(
                    "with: needs the ids of 1 to " + MOST_AT_ONCE + " other incidents");
        }
        Draft survivor = Draft.of(request.kept(), now);
        List<Incident> gone = new ArrayList<>();
        for (String id : ids.stream().sorted().toList()) {
            Kept other =
                    others.apply(id)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "with: no kept incident has the id \"" + id + "\""));
            if (!other.incident().mergedInto().isEmpty()) {
                throw conflict(
                        "the incident "
                                + id
                                + " is part of "
                                + other.incident().mergedInto()
                                + " already",
                        other.incident());
            }
            correlator.absorb(survivor, Draft.of(other, now));
            gone.add(other.incident());
        }
        Incident after = new Edit(survivor.state()).at(request.next(), now);
        List<Entry> entries = new ArrayList<>();
        entries.add(
                IncidentEvents.entry(
                        "merge",
                        after,
                        now,
                        event -> {
                            survivor.absorbed()
                                    .forEach(
                                            IncidentEvents.incident(event).putArray("absorbed")
                                                    ::add);
                            IncidentEvents.change(
                                    event,
                                    after,
                                    request.told(String.join(", ", survivor.absorbed())),
                                    now);
                        }));
        gone.forEach(
                each -> entries.add(absorbed(each, request.incident().id(), request.user(), now)));
        return entries;
    }

    /// Tells that an incident went into another one.
    static Entry absorbed(Incident gone, String into, String user, Instant now) {
        Incident after = new Edit(gone).mergedInto(into).at(gone.version() + 1, now);
        return IncidentEvents.entry(
                "merged",
                after,
                now,
                event ->
                        IncidentEvents.change(
                                event,
                                after,
                                new IncidentEvents.Told("merged", user, "", into),
                                now));
    }

    private List<Entry> split(Request request, IncidentAction.Split split, Instant now) {
        List<IncidentMember> all = tables.members(request.incident().id());
        Set<String> wanted = new HashSet<>(split.members());
        List<IncidentMember> moved =
                all.stream().filter(member -> wanted.contains(member.id())).toList();
        if (moved.isEmpty() || moved.size() < wanted.size()) {
            throw new IllegalArgumentException(
                    "members: needs ids of alerts and findings in this incident; "
                            + (wanted.size() - moved.size())
                            + " of "
                            + wanted.size()
                            + " are not");
        }
        if (moved.size() == request.incident().members()) {
            throw new IllegalArgumentException("members: at least one has to stay");
        }
        List<IncidentMember> left =
                all.stream().filter(member -> !wanted.contains(member.id())).toList();
        Draft apart = splitter.fill(Draft.open(request.incident().id(), now), moved);
        Draft rest = splitter.fill(Draft.emptied(request.incident(), now), left);
        Incident created = new Edit(apart.state()).at(1, now);
        Incident after =
                new Edit(rest.state())
                        .move(request.incident().status(), request.incident().resolution())
                        .owner(request.incident().owner())
                        .without(
                                request.incident(),
                                moved.stream().map(member -> member.event().score()).toList())
                        .at(request.next(), now);
        correlator.moved(wanted, created.id());
        return List.of(
                IncidentEvents.entry(
                        "split",
                        created,
                        now,
                        event -> {
                            ObjectNode incident = IncidentEvents.incident(event);
                            incident.put("from", after.id());
                            moved.forEach(member -> incident.withArray("/moved").add(member.id()));
                            rekeyed(incident, apart);
                            IncidentEvents.change(
                                    event, created, request.told("from " + after.id()), now);
                        }),
                IncidentEvents.entry(
                        "split",
                        after,
                        now,
                        event -> {
                            rekeyed(IncidentEvents.incident(event), rest);
                            IncidentEvents.change(
                                    event,
                                    after,
                                    request.told(moved.size() + " to " + created.id()),
                                    now);
                        }));
    }

    private static void rekeyed(ObjectNode incident, Draft draft) {
        incident.put("rekeyed", true);
        List<Map.Entry<String, Span>> keys = IncidentEvents.keys(draft);
        IncidentEvents.keys(incident, keys);
    }

    private static Entry told(Incident after, IncidentEvents.Told told, Instant now) {
        return IncidentEvents.entry(
                told.action(), after, now, event -> IncidentEvents.change(event, after, told, now));
    }

    /// Who was first is whoever made the last change that was more than a note.
    private static IncidentConflict conflict(String what, Incident incident) {
        for (IncidentChange change : incident.history().reversed()) {
            if (!change.user().isEmpty() && !change.action().equals("note")) {
                return new IncidentConflict(what, incident, change.user(), change.time());
            }
        }
        for (IncidentChange change : incident.history().reversed()) {
            if (!change.user().isEmpty()) {
                return new IncidentConflict(what, incident, change.user(), change.time());
            }
        }
        return new IncidentConflict(what, incident, "", incident.updated());
    }
}

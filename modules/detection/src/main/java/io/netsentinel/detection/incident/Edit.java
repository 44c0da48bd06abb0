package io.netsentinel.detection.incident;

import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentChange;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.detection.Resolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// A copy of an incident with something changed by a person.
final class Edit {
    private final Incident from;
    private IncidentStatus status;
    private Optional<Resolution> resolution;
    private String owner;
    private String mergedInto;
    private long members;
    private List<Integer> scores;

    Edit(Incident from) {
        this.from = from;
        this.status = from.status();
        this.resolution = from.resolution();
        this.owner = from.owner();
        this.mergedInto = from.mergedInto();
        this.members = from.members();
        this.scores = from.scores();
    }

    Edit move(IncidentStatus to, Optional<Resolution> as) {
        status = to;
        resolution = as;
        return this;
    }

    Edit owner(String name) {
        owner = name;
        return this;
    }

    Edit mergedInto(String other) {
        mergedInto = other;
        return this;
    }

    /// Its own number of members and scores, without those that went away.
    Edit without(Incident whole, Collection<Integer> gone) {
        members = whole.members() - gone.size();
        scores = new ArrayList<>(whole.scores());
        gone.forEach(score -> scores.remove((Object) score));
        return this;
    }

    /// The same without its history.
    Incident brief() {
        return with(from.version(), from.updated(), List.of());
    }

    /// The incident after the change.
    Incident at(int version, Instant now) {
        return with(version, now, from.history());
    }

    private Incident with(int version, Instant updated, List<IncidentChange> history) {
        return new Incident(
                from.id(),
                version,
                from.title(),
                status,
                resolution,
                owner,
                scores,
                from.lead(),
                from.first(),
                from.last(),
                members,
                from.hosts(),
                from.tactics(),
                from.techniques(),
                from.rules(),
                from.sensors(),
                mergedInto,
                from.related(),
                from.opened(),
                updated,
                history);
    }
}

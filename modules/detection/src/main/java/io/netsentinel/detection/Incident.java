package io.netsentinel.detection;

import io.netsentinel.events.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Alerts and findings that belong together, and what people have done about them.
///
/// @param id its id, for the HTTP interface and the `call` methods
/// @param version how many changes people made; evidence that arrives does not count
/// @param title one line for people, made of text from the network
/// @param status where it stands
/// @param resolution what it turned out to be, when it is closed
/// @param owner who works on it, `""` for nobody
/// @param scores the highest scores of its members, descending, as many as matter
/// @param lead what the title was made from: the member that weighs most
/// @param first event time of the first evidence
/// @param last event time of the last evidence
/// @param members how many alerts and findings it has
/// @param hosts addresses in it, at most 50
/// @param tactics ATT&CK tactics in the order of an attack
/// @param techniques ATT&CK techniques, at most 50
/// @param rules ids of the rules, at most 50
/// @param sensors names of the sensors, at most 50
/// @param mergedInto the incident this one went into, `""` when it stands by itself
/// @param related the incident it was split from or follows on, `""` for none
/// @param opened when it was opened, by the server's clock
/// @param updated when it last changed, by the server's clock
/// @param history changes, oldest first; empty in lists
public record Incident(
        String id,
        int version,
        String title,
        IncidentStatus status,
        Optional<Resolution> resolution,
        String owner,
        List<Integer> scores,
        Lead lead,
        Instant first,
        Instant last,
        long members,
        List<String> hosts,
        List<String> tactics,
        List<String> techniques,
        List<String> rules,
        List<String> sensors,
        String mergedInto,
        String related,
        Instant opened,
        Instant updated,
        List<IncidentChange> history) {

    /// The member that weighs most.
    ///
    /// @param score its score
    /// @param time its event time
    /// @param id its event id
    public record Lead(int score, Instant time, String id) {

        /// Whether this one goes before another: by score, then the earlier one.
        public boolean before(Lead other) {
            if (score != other.score) {
                return score > other.score;
            }
            int order = time.compareTo(other.time);
            return order != 0 ? order < 0 : id.compareTo(other.id) < 0;
        }
    }

    public Incident {
        scores = List.copyOf(scores);
        hosts = List.copyOf(hosts);
        tactics = List.copyOf(tactics);
        techniques = List.copyOf(techniques);
        rules = List.copyOf(rules);
        sensors = List.copyOf(sensors);
        history = List.copyOf(history);
    }

    /// The risk score, 0 to 100: a flood of small ones cannot outrank one exploit.
    public int score() {
        return RiskSum.of(scores);
    }

    /// The band of the score.
    public Severity severity() {
        return Severity.ofScore(score());
    }

    /// Whether somebody still has to do something.
    public boolean open() {
        return status != IncidentStatus.CLOSED && mergedInto.isEmpty();
    }
}

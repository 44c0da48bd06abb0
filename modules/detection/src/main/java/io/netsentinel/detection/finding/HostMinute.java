package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Finding.Place;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What one host did in one minute, as figures.
final class HostMinute {
    /// What is counted, in the order of [#values()].
    static final List<String> NAMES =
            List.of(
                    "connections",
                    "hosts",
                    "services",
                    "unanswered",
                    "bytes sent",
                    "bytes received",
                    "names asked for");

    /// What has to be read of an event.
    static final Set<String> FIELDS = fields();

    /// More different ones say nothing new: the figures are logarithms.
    private static final int MOST = 4_096;

    private final Set<Integer> hosts = new HashSet<>();
    private final Set<Integer> services = new HashSet<>();
    private final Trail trail = new Trail();
    private long connections;
    private long unanswered;
    private long sent;
    private long received;
    private long names;

    private static Set<String> fields() {
        Set<String> fields = new TreeSet<>(Attempts.FIELDS);
        fields.addAll(
                Set.of(Fields.SOURCE_BYTES, Fields.DESTINATION_BYTES, Fields.DNS_QUESTION_NAME));
        return fields;
    }

    /// Whether it is something that is counted here.
    static boolean counts(Event event) {
        return Attempts.isFlow(event.text(Fields.EVENT_DATASET))
                || event.has(Fields.DNS_QUESTION_NAME);
    }

    void add(Sighting sighting) {
        Event event = sighting.event();
        trail.add(sighting);
        if (!Attempts.isFlow(event.text(Fields.EVENT_DATASET))) {
            names++;
            return;
        }
        connections++;
        String target = event.text(Fields.DESTINATION_IP);
        add(hosts, target.hashCode());
        add(services, 31 * target.hashCode() + (int) event.number(Fields.DESTINATION_PORT, 0));
        sent += Math.max(0, event.number(Fields.SOURCE_BYTES, 0));
        received += Math.max(0, event.number(Fields.DESTINATION_BYTES, 0));
        unanswered += Attempts.unanswered(event) ? 1 : 0;
    }

    private static void add(Set<Integer> things, int thing) {
        if (things.size() < MOST) {
            things.add(thing);
        }
    }

    /// The figures as they are.
    long[] counts() {
        return new long[] {
            connections, hosts.size(), services.size(), unanswered, sent, received, names
        };
    }

    /// The figures as a model takes them: what grows tenfold is one step further, wherever it
    /// began.
    float[] values() {
        long[] counts = counts();
        float[] values = new float[counts.length];
        for (int i = 0; i < counts.length; i++) {
            values[i] = (float) Math.log1p((double) counts[i]);
        }
        return values;
    }

    List<Place> places() {
        return trail.places();
    }
}

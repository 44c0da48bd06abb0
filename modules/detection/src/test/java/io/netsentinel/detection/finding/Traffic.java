package io.netsentinel.detection.finding;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.Instant;
import java.util.List;

/// Events like those of sensors.
public final class Traffic {
    public static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private Traffic() {}

    /// A TCP flow nobody answered, written a minute after it began.
    public static Event unanswered(int second, String source, String target, int port) {
        return flow(second, source, target, port, "tcp")
                .put(Fields.SOURCE_PACKETS, 1L)
                .put(Fields.DESTINATION_PACKETS, 0L)
                .build();
    }

    static Event.Builder flow(
            int second, String source, String target, int port, String transport) {
        return base(second + 60, "suricata.flow", source, target, port)
                .put(Fields.NETWORK_TRANSPORT, transport)
                .put(Fields.EVENT_START, START.plusSeconds(second));
    }

    /// A password that an FTP server refused.
    public static Event ftpRefusal(int second, String source, String target) {
        return base(second, "suricata.ftp", source, target, 21)
                .put(Fields.EVENT_ACTION, "pass")
                .put("ns.ftp.reply_code", List.of("530"))
                .build();
    }

    /// A question for a name.
    public static Event question(int second, String client, String name) {
        return base(second, "suricata.dns", client, "10.0.0.53", 53)
                .put(Fields.DNS_TYPE, "query")
                .put(Fields.DNS_QUESTION_NAME, name)
                .build();
    }

    static Event.Builder base(int second, String dataset, String source, String target, int port) {
        return Event.builder()
                .timestamp(START.plusSeconds(second))
                .put(Fields.EVENT_DATASET, dataset)
                .put(Fields.SOURCE_IP, source)
                .put(Fields.DESTINATION_IP, target)
                .put(Fields.DESTINATION_PORT, (long) port);
    }
}

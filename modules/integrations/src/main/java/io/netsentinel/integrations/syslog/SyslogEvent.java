package io.netsentinel.integrations.syslog;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IpAddress;
import io.netsentinel.events.ThreatScore;
import io.netsentinel.integrations.Utf8;
import io.netsentinel.integrations.record.Beginning;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Routed;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;

/// Makes the event of a syslog message.
final class SyslogEvent {
    private static final List<String> LOGS = List.of(Channel.LOGS);
    private static final List<String> LOGS_AND_THREATS = List.of(Channel.LOGS, Channel.THREATS);

    /// What of a message is looked at; its text is kept up to this length too.
    private static final int MOST = 16_384;

    private static final List<String> SEVERITIES =
            List.of("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug");
    private static final List<String> FACILITIES =
            List.of(
                    "kern",
                    "user",
                    "mail",
                    "daemon",
                    "auth",
                    "syslog",
                    "lpr",
                    "news",
                    "uucp",
                    "cron",
                    "authpriv",
                    "ftp",
                    "ntp",
                    "security",
                    "console",
                    "clock",
                    "local0",
                    "local1",
                    "local2",
                    "local3",
                    "local4",
                    "local5",
                    "local6",
                    "local7");

    private final ZoneId zone;
    private final String peer;

    /// @param peer address of who sent it; empty when it is not known
    SyslogEvent(ZoneId zone, String peer) {
        this.zone = zone;
        this.peer = peer;
    }

    Normalized read(byte[] line, int offset, int length, LineContext context) {
        int end = offset + length;
        while (end > offset && ending(line[end - 1])) {
            end--;
        }
        if (end == offset) {
            return Normalized.SKIPPED;
        }
        String text =
                new String(line, offset, Math.min(end - offset, MOST), StandardCharsets.UTF_8);
        SyslogMessage message = SyslogMessage.parse(text, new SyslogTime(context.received(), zone));
        Event.Builder event = Event.builder();
        Beginning.raw(event, line, offset, length, context);
        parts(event, message);
        String note = Utf8.valid(line, offset, length) ? "" : "invalid UTF-8 was replaced";
        boolean told = Firewalls.complete(event, message) || Logins.complete(event, message);
        Beginning.complete(event, context, note);
        if (!told) {
            Beginning.kind(event, "event", List.of("host"), List.of("info"));
        }
        Event built = event.build();
        return new Normalized.Accepted(
                List.of(
                        new Routed(
                                built,
                                built.score() >= ThreatScore.THREAT ? LOGS_AND_THREATS : LOGS)));
    }

    /// Devices end messages with blanks, line ends and NUL.
    private static boolean ending(byte b) {
        return b >= 0 && b <= ' ';
    }

    private void parts(Event.Builder event, SyslogMessage message) {
        event.put(Fields.EVENT_MODULE, "syslog");
        event.put(Fields.EVENT_DATASET, "syslog.message");
        event.putText(Fields.TIMESTAMP, message.time());
        String host = message.host().isEmpty() ? peer : message.host();
        event.putText(Fields.HOST_NAME, host);
        if (IpAddress.parse(host).isPresent()) {
            event.put("host.ip", host);
        }
        event.putText("log.source.address", peer);
        event.putText("process.name", message.app());
        event.putText("process.pid", message.process());
        event.putText("event.code", message.id());
        event.putText(Fields.MESSAGE, message.text());
        message.data()
                .forEach((name, value) -> event.put("log.syslog.structured_data." + name, value));
        if (message.hasPriority()) {
            priority(event, message);
        }
    }

    private static void priority(Event.Builder event, SyslogMessage message) {
        event.put("log.syslog.priority", message.priority());
        event.put("log.syslog.facility.name", FACILITIES.get(message.facility()));
        event.put("log.syslog.severity.name", SEVERITIES.get(message.severity()));
        event.put(Fields.EVENT_SEVERITY, message.severity());
        event.score(
                ThreatScore.of(
                        "syslog severity " + message.severity(),
                        switch (message.severity()) {
                            case 0, 1, 2 -> 99;
                            case 3 -> 47;
                            case 4 -> 21;
                            default -> 5;
                        }));
    }
}

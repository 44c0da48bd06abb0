package io.netsentinel.integrations.cowrie;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.ThreatScore;
import io.netsentinel.integrations.record.Beginning;
import io.netsentinel.integrations.record.FlatRecord;
import io.netsentinel.integrations.record.Mapping;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.integrations.spi.Routed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the JSON log of the SSH and Telnet honeypot Cowrie: one record a line, every event id,
/// also ones not known here.
public final class CowrieNormalizer implements Normalizer {
    private static final List<String> HONEYPOT = List.of(Channel.HONEYPOT);
    private static final List<String> HONEYPOT_AND_THREAT =
            List.of(Channel.HONEYPOT, Channel.THREATS);
    private static final String PREFIX = "cowrie.";

    private static final Mapping FIELDS =
            Mapping.of(
                    """
                    timestamp -> @timestamp time
                    sensor -> observer.name
                    session -> session.id text
                    src_ip -> source.ip ip
                    src_port -> source.port number
                    dst_ip -> destination.ip ip
                    dst_port -> destination.port number
                    protocol -> network.protocol lower
                    username -> user.name text
                    password -> ns.cowrie.password text
                    input -> process.command_line text
                    url -> url.full
                    shasum -> file.hash.sha256
                    filename -> file.path
                    destfile -> file.path
                    outfile -> ns.cowrie.outfile
                    ttylog -> ns.cowrie.ttylog
                    size -> file.size number
                    version -> ns.ssh.client.software
                    hassh -> ns.ssh.client.hassh
                    fingerprint -> ns.cowrie.key_fingerprint
                    arch -> ns.cowrie.architecture
                    duplicate -> ns.cowrie.duplicate
                    message -> message text
                    """);

    /// For `ServiceLoader`.
    public CowrieNormalizer() {}

    @Override
    public String format() {
        return "cowrie";
    }

    @Override
    public Normalized normalize(byte[] line, int offset, int length, LineContext context) {
        return switch (FlatRecord.read(line, offset, length)) {
            case FlatRecord.Result.Bad(String reason) -> new Normalized.Rejected(reason);
            case FlatRecord.Result.Values(Map<String, Object> record, String note) -> {
                if (!(record.get("eventid") instanceof String id) || id.isEmpty()) {
                    yield new Normalized.Rejected("no eventid: not a Cowrie record");
                }
                Event.Builder event = Event.builder();
                Beginning.raw(event, line, offset, length, context);
                FIELDS.apply(record, event);
                Beginning.complete(event, context, note);
                Event built = event(event, record, action(id));
                yield new Normalized.Accepted(
                        List.of(
                                new Routed(
                                        built,
                                        built.score() >= ThreatScore.THREAT
                                                ? HONEYPOT_AND_THREAT
                                                : HONEYPOT)));
            }
        };
    }

    private static String action(String id) {
        return Beginning.plain(id.startsWith(PREFIX) ? id.substring(PREFIX.length()) : id);
    }

    private static Event event(Event.Builder event, Map<String, Object> record, String action) {
        event.put(Fields.EVENT_MODULE, "cowrie");
        event.put(Fields.EVENT_DATASET, PREFIX + action);
        event.put(Fields.EVENT_ACTION, action);
        event.put(Fields.OBSERVER_TYPE, "honeypot");
        event.put(Fields.OBSERVER_PRODUCT, "Cowrie");
        event.put(Fields.NETWORK_TRANSPORT, "tcp");
        String software = event.text("ns.ssh.client.software");
        if (software.length() > 1 && software.startsWith("'") && software.endsWith("'")) {
            event.put("ns.ssh.client.software", software.substring(1, software.length() - 1));
        }
        String path = event.text(Fields.FILE_PATH);
        event.putText(Fields.FILE_NAME, path.substring(path.lastIndexOf('/') + 1));
        duration(event, record.get("duration"));
        if (event.text(Fields.MESSAGE).isEmpty()) {
            event.put(Fields.MESSAGE, "cowrie " + action);
        }
        kind(event, action);
        return event.build();
    }

    /// Older versions write the seconds as text.
    private static void duration(Event.Builder event, @Nullable Object value) {
        double seconds = -1;
        if (value instanceof Number number) {
            seconds = number.doubleValue();
        } else if (value instanceof String text && text.matches("\\d{1,9}(\\.\\d{1,12})?")) {
            seconds = Double.parseDouble(text);
        }
        if (seconds >= 0 && seconds < 1e9) {
            event.put(Fields.EVENT_DURATION, Math.round(seconds * 1e9));
        }
    }

    private static void kind(Event.Builder event, String action) {
        switch (action) {
            case "login.failed" -> {
                login(event, "failure");
                event.score(ThreatScore.of("honeypot login failed", 21));
            }
            case "login.success" -> {
                login(event, "success");
                event.score(ThreatScore.of("honeypot login succeeded", 73));
            }
            case "session.connect" -> {
                kind(event, List.of("network", "session"), List.of("connection", "start"));
                event.score(ThreatScore.of("honeypot connection", 10));
            }
            case "session.closed" ->
                    kind(event, List.of("network", "session"), List.of("connection", "end"));
            case "session.file_download", "session.file_upload" -> {
                kind(event, List.of("network", "file"), List.of("creation"));
                event.score(ThreatScore.of("honeypot file transfer", 88));
            }
            default -> other(event, action);
        }
    }

    private static void other(Event.Builder event, String action) {
        if (action.startsWith("command.")) {
            kind(event, List.of("process"), List.of("start"));
            event.score(ThreatScore.of("honeypot command", 60));
        } else {
            kind(event, List.of("network"), List.of("info"));
        }
    }

    private static void login(Event.Builder event, String outcome) {
        kind(event, List.of("network", "authentication"), List.of("start"));
        event.put(Fields.EVENT_OUTCOME, outcome);
    }

    private static void kind(Event.Builder event, List<String> categories, List<String> types) {
        Beginning.kind(event, "event", categories, types);
    }
}

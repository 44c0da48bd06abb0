package io.netsentinel.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// Records of sensors that happen now: flows and alerts of two hosts, visits to a honeypot.
final class Scenery {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicLong FLOWS = new AtomicLong(5_000_000);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSZ", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Scenery() {}

    /// A flow that was answered, as Suricata writes it.
    static String flow(String source, String destination, int port, String protocol) {
        ObjectNode line = ends(source, destination, port, FLOWS.incrementAndGet());
        line.put("event_type", "flow").put("app_proto", protocol);
        line.putObject("flow")
                .put("pkts_toserver", 12)
                .put("pkts_toclient", 10)
                .put("bytes_toserver", 2_400)
                .put("bytes_toclient", 18_000)
                .put("start", TIME.format(Instant.now()))
                .put("end", TIME.format(Instant.now()))
                .put("age", 1)
                .put("state", "closed")
                .put("reason", "timeout")
                .put("alerted", false);
        return line + "\n";
    }

    /// An alert of the last flow there was.
    static String alert(String source, String destination, int port, String signature) {
        ObjectNode line = ends(source, destination, port, FLOWS.get());
        line.put("event_type", "alert").put("app_proto", "http");
        ObjectNode alert = line.putObject("alert");
        alert.put("action", "allowed")
                .put("gid", 1)
                .put("signature_id", 9_000_002)
                .put("rev", 1)
                .put("signature", signature)
                .put("category", "Attempted Administrator Privilege Gain")
                .put("severity", 1);
        ObjectNode metadata = alert.putObject("metadata");
        metadata.putArray("signature_severity").add("Critical");
        metadata.putArray("confidence").add("High");
        return line + "\n";
    }

    private static ObjectNode ends(String source, String destination, int port, long flow) {
        return JSON.createObjectNode()
                .put("timestamp", TIME.format(Instant.now()))
                .put("flow_id", flow)
                .put("src_ip", source)
                .put("src_port", 40_000)
                .put("dest_ip", destination)
                .put("dest_port", port)
                .put("proto", "TCP")
                .put("host", "sensor-1");
    }

    /// A record of Cowrie.
    ///
    /// @param more names and values in turns
    static String cowrie(String session, String event, String... more) {
        ObjectNode line =
                JSON.createObjectNode()
                        .put("eventid", "cowrie." + event)
                        .put("timestamp", Instant.now().toString())
                        .put("session", session)
                        .put("src_ip", "203.0.113.9")
                        .put("src_port", 50_000)
                        .put("dst_ip", "10.0.0.30")
                        .put("dst_port", 2_222)
                        .put("protocol", "ssh")
                        .put("sensor", "honey-1")
                        .put("message", event);
        for (int i = 0; i + 1 < more.length; i += 2) {
            line.put(more[i], more[i + 1]);
        }
        return line + "\n";
    }

    /// A few of everything: three networks, a web server under attack, a visit with a login and two
    /// commands.
    static void put(HttpApi api) {
        StringBuilder lines = new StringBuilder();
        for (int n = 1; n <= 6; n++) {
            lines.append(flow("10.0.0." + n, "10.0.1.10", 443, "tls"));
            lines.append(flow("10.0.0." + n, "10.0.1.53", 53, "dns"));
            lines.append(flow("10.0.2." + n, "8.8.8.8", 443, "tls"));
        }
        lines.append(flow("8.8.4.4", "10.0.1.10", 443, "http"));
        lines.append(alert("8.8.4.4", "10.0.1.10", 443, "ET EXPLOIT Something at the web server"));
        HttpApi.json(api.postEve(lines.toString()));
        String visit =
                cowrie("visit1", "session.connect")
                        + cowrie("visit1", "login.failed", "username", "root", "password", "123456")
                        + cowrie(
                                "visit1", "login.success", "username", "admin", "password", "admin")
                        + cowrie("visit1", "command.input", "input", "uname -a")
                        + cowrie(
                                "visit1", "command.input", "input", "\u001B[2J<b>wget</b> x; sh x");
        HttpApi.json(visits(api, visit));
    }

    /// Sends records of Cowrie.
    static java.net.http.HttpResponse<String> visits(HttpApi api, String lines) {
        return api.post("/api/events?format=cowrie", "application/x-ndjson", lines);
    }
}

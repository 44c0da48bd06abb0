package io.netsentinel.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// An alert as Suricata writes it, that happens now.
///
/// @param level `Critical`, `Major`, `Minor` or `Informational`: severity critical, high, medium,
///   low
record BrowserAlert(String signature, String level, String sensor, String url) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicLong FLOWS = new AtomicLong(1_000_000);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSZ", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /// An alert of severity high.
    static BrowserAlert of(String signature) {
        return new BrowserAlert(signature, "Major", "sensor-1", "/index.html");
    }

    BrowserAlert withLevel(String another) {
        return new BrowserAlert(signature, another, sensor, url);
    }

    BrowserAlert withSensor(String another) {
        return new BrowserAlert(signature, level, another, url);
    }

    BrowserAlert withUrl(String another) {
        return new BrowserAlert(signature, level, sensor, another);
    }

    /// The line of `eve.json`, with its end.
    String line() {
        ObjectNode line = JSON.createObjectNode();
        line.put("timestamp", TIME.format(Instant.now()))
                .put("flow_id", FLOWS.incrementAndGet())
                .put("event_type", "alert")
                .put("src_ip", "203.0.113.77")
                .put("src_port", 40_000 + (int) (FLOWS.get() % 20_000))
                .put("dest_ip", "10.0.0.10")
                .put("dest_port", 8080)
                .put("proto", "TCP")
                .put("host", sensor)
                .put("app_proto", "http");
        ObjectNode alert = line.putObject("alert");
        alert.put("action", "allowed")
                .put("gid", 1)
                .put("signature_id", 9_000_001)
                .put("rev", 1)
                .put("signature", signature)
                .put("category", "Attempted Administrator Privilege Gain")
                .put("severity", 1);
        ObjectNode metadata = alert.putObject("metadata");
        metadata.putArray("signature_severity").add(level);
        metadata.putArray("confidence").add("High");
        line.putObject("http")
                .put("hostname", "victim.example")
                .put("url", url)
                .put("http_user_agent", "curl/8")
                .put("http_method", "GET")
                .put("protocol", "HTTP/1.1");
        return line + "\n";
    }
}

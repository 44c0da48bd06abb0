package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Traces of single events, as a collector gets them. The collector is simulated.
final class TracingIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SENDER = "00f067aa0ba902b7";
    private static final List<String> WAY =
            List.of(
                    "event",
                    "read",
                    "normalise",
                    "append",
                    "fan-out",
                    "socket.write",
                    "sink.deliver");

    @TempDir private Path folder;

    private ServerProcess start(OtlpCollector collector, int oneIn) throws IOException {
        Path config =
                Files.writeString(
                        folder.resolve("netsentinel.yaml"),
                        """
                        tracing:
                          otlp:
                            endpoint: %s
                          one-in: %d
                        sinks:
                          archive:
                            kind: file
                            path: %s
                            channels: [alerts]
                        """
                                .formatted(
                                        collector.address(), oneIn, folder.resolve("sink.ndjson")));
        return ServerProcess.start(
                Launch.of("serve", "--port", "0", "--data", data().toString())
                        .with("--config", config.toString()),
                folder.resolve("log"));
    }

    private Path data() {
        return folder.resolve("data");
    }

    /// The spans of a trace by name, when all of its way has come.
    private static ObjectNode way(OtlpCollector collector, String trace) {
        return Await.value(
                "the whole way",
                () ->
                        Optional.of(collector.trace(trace, "alerts"))
                                .filter(found -> WAY.stream().allMatch(found::has)));
    }

    private static long start(JsonNode span) {
        return span.path("startTimeUnixNano").asLong();
    }

    private static long end(JsonNode span) {
        return span.path("endTimeUnixNano").asLong();
    }

    private static String attribute(JsonNode span, String key) {
        return OtlpCollector.attribute(span, key)
                .orElseThrow(() -> new AssertionError(key + " is not said by " + span));
    }

    @Test
    void aPostedEventIsFollowedInTheTraceOfItsSenderToSocketAndSink() throws IOException {
        try (OtlpCollector collector = OtlpCollector.start();
                ServerProcess server = start(collector, 0)) {
            HttpApi admin = HttpApi.admin(server, data());
            try (Subscriber subscriber = Subscriber.open(admin, "/ws/alerts")) {
                subscriber.next("subscribed");
                long before = System.currentTimeMillis() * 1_000_000;
                HttpApi.json(admin.postEve(Eve.alert("not followed")));
                HttpApi.json(
                        admin.post(
                                "/api/events?format=eve&source=gate",
                                "application/x-ndjson",
                                Eve.alert("followed").getBytes(StandardCharsets.UTF_8),
                                Map.of("traceparent", "00-" + TRACE + "-" + SENDER + "-01")));
                JsonNode seen = subscriber.events(2).getLast();
                ObjectNode spans = way(collector, TRACE);
                long after = (System.currentTimeMillis() + 1) * 1_000_000;

                JsonNode root = spans.path("event");
                assertThat(root.path("parentSpanId").asText()).isEqualTo(SENDER);
                for (String inner :
                        List.of("read", "normalise", "append", "fan-out", "sink.deliver")) {
                    assertThat(spans.path(inner).path("parentSpanId").asText())
                            .as(inner)
                            .isEqualTo(root.path("spanId").asText());
                }
                assertThat(spans.path("socket.write").path("parentSpanId").asText())
                        .isEqualTo(spans.path("fan-out").path("spanId").asText());
                for (JsonNode span : spans) {
                    assertThat(start(span)).as(span.toString()).isBetween(before, end(span));
                    assertThat(end(span)).as(span.toString()).isLessThanOrEqualTo(after);
                }
                assertThat(end(spans.path("read"))).isEqualTo(start(spans.path("normalise")));
                assertThat(end(spans.path("normalise"))).isEqualTo(start(spans.path("append")));
                assertThat(end(spans.path("append"))).isEqualTo(end(root));
                for (String later : List.of("fan-out", "socket.write", "sink.deliver")) {
                    assertThat(start(spans.path(later)))
                            .as(later)
                            .isGreaterThanOrEqualTo(end(root));
                }
                assertThat(attribute(root, "source")).isEqualTo("gate");
                assertThat(seen.toString()).contains(attribute(root, "event.id"));
                assertThat(attribute(spans.path("socket.write"), "offset"))
                        .isEqualTo(seen.path("offset").asText());
                assertThat(attribute(spans.path("sink.deliver"), "sink")).isEqualTo("archive");
            }
            assertThat(collector.traces()).as("the other event").containsExactly(TRACE);
        }
    }

    @Test
    void anEventWithoutATraceHasItsOwnIdAsOne() throws IOException {
        try (OtlpCollector collector = OtlpCollector.start();
                ServerProcess server = start(collector, 1)) {
            HttpApi admin = HttpApi.admin(server, data());
            HttpApi.json(admin.postEve(Eve.alert("drawn")));
            JsonNode root =
                    Await.value(
                            "its trace",
                            () ->
                                    collector.traces().stream()
                                            .map(trace ->
                                                    collector
                                                            .trace(trace, "alerts")
                                                            .optional("event"))
                                            .flatMap(Optional::stream)
                                            .findFirst());
            assertThat(root.has("parentSpanId")).isFalse();
            String id = attribute(root, "event.id");
            assertThat(number(id)).isEqualTo(root.path("traceId").asText());
            assertThat(admin.stored("alerts").toString()).contains(id);
        }
    }

    /// A ULID as hexadecimal digits.
    private static String number(String ulid) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < ulid.length(); i++) {
            int digit = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(ulid.charAt(i));
            value = value.shiftLeft(5).add(BigInteger.valueOf(digit));
        }
        return "%032x".formatted(value);
    }

    @Test
    void aCollectorThatIsAwayIsSaidOnceAndCostsNoEvent() throws IOException {
        OtlpCollector collector = OtlpCollector.start();
        collector.close();
        Path log = folder.resolve("log");
        try (ServerProcess server = start(collector, 1)) {
            HttpApi admin = HttpApi.admin(server, data());
            HttpApi.json(admin.postEve(Eve.alerts("lost", 0, 20)));
            assertThat(admin.stored("alerts")).hasSize(20);
            Await.until("the warning", () -> read(log).contains("traces are lost"));
            assertThat(server.stop()).isZero();
        }
        assertThat(read(log).split("traces are lost", -1)).hasSize(2);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

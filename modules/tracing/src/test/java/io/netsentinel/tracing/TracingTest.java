package io.netsentinel.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The collector is simulated.
final class TracingTest {
    private static final String EVENT = "01KB9XGQ7C3M8V5T2R4N6P8S0W";

    private final ObjectMapper json = new ObjectMapper();
    private Collector collector = Collector.start();
    private Tracing tracing = tracing(1);

    @BeforeEach
    void start() {
        assertThat(tracing.on()).isTrue();
    }

    @AfterEach
    void stop() {
        tracing.close();
        collector.close();
    }

    private Tracing tracing(double ratio) {
        return Tracing.start(new TracingSettings(collector.address(), ratio, "test", "1"));
    }

    private static Taken taken(int copies, Optional<TraceParent> parent) {
        return new Taken("eve", EVENT, copies, parent, 1_000, 2_000, 3_000);
    }

    /// By name.
    private ObjectNode spans() throws Exception {
        tracing.close();
        ObjectNode spans = json.createObjectNode();
        for (byte[] body : collector.bodies()) {
            JsonNode resource = json.readTree(body).at("/resourceSpans/0");
            assertThat(resource.at("/resource/attributes").toString()).contains("service.name");
            resource.at("/scopeSpans/0/spans")
                    .forEach(span -> spans.set(span.path("name").asText(), span));
        }
        return spans;
    }

    @Test
    void anEventIsFollowedFromItsArrivalToSocketAndSink() throws Exception {
        byte[] payload = "{}".getBytes(UTF_8);
        tracing.taken(payload, taken(1, Optional.empty()));
        tracing.committed("alerts", 7, payload);
        tracing.fannedOut("alerts");
        Trail trail = tracing.within("alerts", 6, 7).getFirst();
        tracing.written(trail, "C1", tracing.now());
        tracing.delivered(trail, "siem", tracing.now(), "refused");
        ObjectNode spans = spans();
        assertThat(spans.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "event",
                        "read",
                        "normalise",
                        "append",
                        "fan-out",
                        "socket.write",
                        "sink.deliver");
        JsonNode root = spans.path("event");
        assertThat(root.has("parentSpanId")).isFalse();
        for (String inner : List.of("read", "normalise", "append", "fan-out", "sink.deliver")) {
            assertThat(spans.path(inner).path("parentSpanId")).isEqualTo(root.path("spanId"));
        }
        assertThat(spans.path("socket.write").path("parentSpanId"))
                .isEqualTo(spans.path("fan-out").path("spanId"));
        assertThat(spans)
                .extracting(span -> span.path("traceId").asText())
                .containsOnly(Ids.trace(EVENT));
        assertThat(spans.path("sink.deliver").at("/status/code").asInt()).isEqualTo(2);
        assertThat(spans.path("append").at("/status").isEmpty()).isTrue();
    }

    @Test
    void theTraceOfWhoeverSentItGoesOn() throws Exception {
        TraceParent parent =
                new TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true);
        byte[] payload = "{}".getBytes(UTF_8);
        tracing.taken(payload, taken(1, Optional.of(parent)));
        tracing.committed("alerts", 7, payload);
        JsonNode root = spans().path("event");
        assertThat(root.path("traceId").asText()).isEqualTo(parent.trace());
        assertThat(root.path("parentSpanId").asText()).isEqualTo(parent.span());
    }

    @Test
    void whoeverBeganATraceSaysWhetherItIsKept() {
        try (Tracing none = tracing(0)) {
            assertThat(none.wanted(Optional.empty())).isFalse();
            assertThat(none.wanted(Optional.of(new TraceParent("a", "b", true)))).isTrue();
        }
        assertThat(tracing.wanted(Optional.empty())).isTrue();
        assertThat(tracing.wanted(Optional.of(new TraceParent("a", "b", false)))).isFalse();
    }

    @Test
    void anEventOnTwoChannelsHasOneTraceAndIsNotAwaitedAnyMore() {
        byte[] payload = "{}".getBytes(UTF_8);
        tracing.taken(payload, taken(2, Optional.empty()));
        tracing.committed("network", 3, payload);
        assertThat(tracing.awaits()).isTrue();
        tracing.committed("alerts", 9, payload);
        assertThat(tracing.awaits()).isFalse();
        assertThat(tracing.within("network", 0, 10).getFirst().trace())
                .isEqualTo(tracing.within("alerts", 0, 10).getFirst().trace());
    }

    @Test
    void whatIsNeverCommittedIsPushedOut() {
        byte[] lost = {1};
        tracing.taken(lost, taken(1, Optional.empty()));
        List<byte[]> others = new ArrayList<>();
        IntStream.range(0, 8_192).forEach(_ -> others.add(new byte[] {2}));
        others.forEach(other -> tracing.taken(other, taken(1, Optional.empty())));
        tracing.committed("alerts", 1, lost);
        tracing.committed("alerts", 2, others.getFirst());
        assertThat(tracing.within("alerts", 0, 2)).extracting(Trail::offset).containsExactly(2L);
    }

    @Test
    void nothingIsFollowedWhenItIsOff() {
        byte[] payload = {1};
        assertThat(Tracing.OFF.on()).isFalse();
        assertThat(Tracing.OFF.wanted(Optional.of(new TraceParent("a", "b", true)))).isFalse();
        Tracing.OFF.taken(payload, taken(1, Optional.empty()));
        Tracing.OFF.committed("alerts", 1, payload);
        assertThat(Tracing.OFF.within("alerts", 0, 1)).isEmpty();
    }

    @Test
    void anUlidAndItsTraceAreTheSameNumber() {
        assertThat(Ids.trace("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).isEqualTo("f".repeat(32));
        assertThat(Ids.trace("00000000000000000000000001")).isEqualTo("0".repeat(31) + "1");
        assertThat(Ids.trace("not an ULID")).hasSize(32).isNotEqualTo(Ids.trace("not an ULID"));
    }

    @Test
    void aCollectorThatIsAwayCostsTheTracesAndNothingElse() {
        collector.close();
        byte[] payload = {1};
        tracing.taken(payload, taken(1, Optional.empty()));
        tracing.committed("alerts", 1, payload);
        assertThat(tracing.within("alerts", 0, 1)).hasSize(1);
    }
}

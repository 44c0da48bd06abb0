package io.netsentinel.integrations.sink.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.integrations.sink.kind.HttpReceiver.Reply;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a receiver of our own that does what the event collector does: a simulation.
final class SplunkSinkTest extends SinkContract.Connected {
    private final HttpReceiver receiver = new HttpReceiver();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();

    SplunkSinkTest() {
        receiver.answer = this::collect;
    }

    private Reply collect(HttpReceiver.Request request) {
        if (!request.headers().getOrDefault("authorization", "").equals("Splunk the-secret")) {
            return Reply.of(403, "{\"text\":\"Invalid token\",\"code\":4}");
        }
        try (MappingIterator<JsonNode> all =
                new ObjectMapper().readerFor(JsonNode.class).readValues(request.body())) {
            events.addAll(all.readAll());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Reply.of(200, "{\"text\":\"Success\",\"code\":0}");
    }

    @AfterEach
    void away() {
        receiver.close();
    }

    @Override
    Receiver receiver() {
        return receiver;
    }

    private Sink sink(String token) {
        return new SplunkSinkFactory()
                .create(
                        new Options(
                                "lab",
                                Map.of("url", receiver.url(), "token", token, "index", "main")));
    }

    @Override
    protected Sink sink() {
        return sink("the-secret");
    }

    @Override
    protected List<Long> got() {
        return events.stream()
                .map(event -> event.path("fields").path("ns_offset").asLong())
                .toList();
    }

    @Test
    void anEventGoesWithItsTimeAndPlace() throws IOException {
        try (Sink sink = sink()) {
            sink.deliver(List.of(record(1, "sensor")));
            JsonNode event = events.getFirst();
            assertThat(receiver.requests.getFirst().path()).isEqualTo("/services/collector/event");
            assertThat(event.path("time").decimalValue()).isEqualByComparingTo("1780315200");
            assertThat(event.path("host").asText()).isEqualTo("sensor");
            assertThat(event.path("source").asText()).isEqualTo("netsentinel:alerts");
            assertThat(event.path("index").asText()).isEqualTo("main");
            assertThat(event.path("event").path("id").asText()).isEqualTo("id1");
            assertThat(event.path("fields").path("ns_epoch").asText()).isEqualTo("abcdefgh");
        }
    }

    @Test
    void aWrongTokenIsToldAndTriedAgain() throws IOException {
        try (Sink sink = sink("another")) {
            assertThat(sink.deliver(records(1, 1)))
                    .isInstanceOfSatisfying(
                            Delivery.Later.class,
                            later ->
                                    assertThat(later.reason())
                                            .contains("403", "Invalid token")
                                            .doesNotContain("another"));
        }
    }

    @Test
    void theTokenIsNeeded() {
        assertThatThrownBy(() ->
                        new SplunkSinkFactory().create(new Options("l", Map.of("url", "http://x"))))
                .hasMessage("token is missing");
    }
}

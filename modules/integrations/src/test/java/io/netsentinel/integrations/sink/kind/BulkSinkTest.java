package io.netsentinel.integrations.sink.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.integrations.sink.kind.HttpReceiver.Reply;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Against a receiver of our own that does what a bulk interface does: a simulation.
final class BulkSinkTest extends SinkContract.Connected {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpReceiver receiver = new HttpReceiver();
    private final Map<String, String> documents = new LinkedHashMap<>();
    private final Map<String, Integer> statuses = new LinkedHashMap<>();

    BulkSinkTest() {
        receiver.answer = this::bulk;
    }

    private synchronized Reply bulk(HttpReceiver.Request request) {
        String[] lines = request.body().split("\n", -1);
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (int i = 0; i + 1 < lines.length; i += 2) {
            String id = read(lines[i]).path("create").path("_id").asText();
            int status = statuses.getOrDefault(id, documents.containsKey(id) ? 409 : 201);
            if (status == 201) {
                documents.put(id, read(lines[i + 1]).path("id").asText());
            }
            ObjectNode item = items.addObject().putObject("create").put("status", status);
            if (status > 201) {
                item.putObject("error").put("type", "some_exception").put("reason", "because");
            }
        }
        return Reply.of(200, answer.toString());
    }

    private static com.fasterxml.jackson.databind.JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @AfterEach
    void away() {
        receiver.close();
    }

    @Override
    Receiver receiver() {
        return receiver;
    }

    private Sink sink(Map<String, Object> more) {
        Map<String, Object> options = new LinkedHashMap<>(more);
        options.put("url", receiver.url());
        return new BulkSinkFactory().create(new Options("lab", options));
    }

    @Override
    protected Sink sink() {
        return sink(Map.of("username", "u", "password", "secret"));
    }

    @Override
    protected synchronized List<Long> got() {
        List<Long> offsets = new ArrayList<>();
        documents.forEach((id, event) -> {
            assertThat(id).isEqualTo("alerts-abcdefgh-" + event.substring(2));
            offsets.add(Long.valueOf(event.substring(2)));
        });
        return offsets;
    }

    @Test
    void whatIsSentTwiceIsThereOnce() throws IOException {
        try (Sink sink = sink()) {
            sink.deliver(records(1, 5));
            assertThat(sink.deliver(records(4, 8))).isEqualTo(Delivery.ALL);
            assertThat(got()).isEqualTo(range(1, 8));
            HttpReceiver.Request request = receiver.requests.getFirst();
            assertThat(request.path()).isEqualTo("/_bulk");
            assertThat(request.headers()).containsEntry("authorization", "Basic dTpzZWNyZXQ=");
            assertThat(request.body())
                    .startsWith(
                            "{\"create\":{\"_index\":\"netsentinel-alerts\",\"_id\":\"alerts-abcdefgh-1\"}}\n{");
        }
    }

    @Test
    void eachDocumentIsJudgedByItself() throws IOException {
        statuses.put("alerts-abcdefgh-2", 400);
        statuses.put("alerts-abcdefgh-3", 429);
        statuses.put("alerts-abcdefgh-4", 503);
        statuses.put("alerts-abcdefgh-5", 404);
        try (Sink sink = sink()) {
            assertThat(sink.deliver(records(1, 6)))
                    .isInstanceOfSatisfying(
                            Delivery.Partly.class,
                            partly -> {
                                assertThat(partly.refused()).containsOnlyKeys(1);
                                assertThat(partly.refused().get(1))
                                        .contains("400", "some_exception", "because");
                                assertThat(partly.again()).containsExactlyInAnyOrder(2, 3, 4);
                            });
            assertThat(got()).containsExactly(1L, 6L);
        }
    }

    @Test
    void aTargetThatIsBusyIsLeftAloneForAsLongAsItAsks() throws IOException {
        receiver.answer = _ -> new Reply(429, "Retry-After: 7\r\n", "slow down");
        try (Sink sink = sink()) {
            assertThat(sink.deliver(records(1, 1)))
                    .isEqualTo(
                            new Delivery.Later(
                                    "the target answered 429: slow down", Duration.ofSeconds(7)));
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedAndAWrongPasswordIsNot() throws IOException {
        try (Sink sink = sink()) {
            receiver.answer = _ -> Reply.of(413, "");
            assertThat(sink.deliver(records(1, 9))).isInstanceOf(Delivery.Refused.class);
            receiver.answer = _ -> Reply.of(401, "");
            assertThat(sink.deliver(records(1, 9))).isInstanceOf(Delivery.Later.class);
        }
    }

    @Test
    void anAnswerForOtherDocumentsIsAFailure() {
        receiver.answer = _ -> Reply.of(200, "{\"items\":[]}");
        try (Sink sink = sink()) {
            assertThat(failed(sink, records(1, 2))).isTrue();
        }
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> sink(Map.of("index", "No"))).hasMessageStartingWith("index: ");
        assertThatThrownBy(() -> sink(Map.of("username", "u")))
                .hasMessage("username and password belong together: set both or none");
        assertThatThrownBy(() ->
                        new BulkSinkFactory().create(new Options("l", Map.of("url", "ftp://x"))))
                .hasMessageStartingWith("url: ");
        assertThatThrownBy(() ->
                        new BulkSinkFactory()
                                .create(new Options("l", Map.of("url", "http://a:b@x"))))
                .hasMessageStartingWith("url: ")
                .hasMessageNotContaining("a:b");
    }
}

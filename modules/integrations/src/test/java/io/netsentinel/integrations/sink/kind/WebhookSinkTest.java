package io.netsentinel.integrations.sink.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.integrations.sink.kind.HttpReceiver.Reply;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WebhookSinkTest extends SinkContract.Connected {
    private static final String SECRET = "a-secret-of-16-bytes-and-more";

    private final HttpReceiver receiver = new HttpReceiver();

    @AfterEach
    void away() {
        receiver.close();
    }

    @Override
    Receiver receiver() {
        return receiver;
    }

    private Sink sink(Map<String, Object> more) {
        Map<String, Object> options = new HashMap<>();
        options.put("url", receiver.url() + "/hook?key=secret");
        options.put("allow-local", true);
        options.putAll(more);
        return new WebhookSinkFactory().create(new Options("lab", options));
    }

    @Override
    protected Sink sink() {
        return sink(Map.of("signing-secret", SECRET));
    }

    @Override
    protected List<Long> got() {
        List<Long> offsets = new ArrayList<>();
        for (HttpReceiver.Request request : receiver.requests) {
            json(request)
                    .path("events")
                    .forEach(event -> offsets.add(event.path("offset").asLong()));
        }
        return offsets;
    }

    private static JsonNode json(HttpReceiver.Request request) {
        try {
            return new ObjectMapper().readTree(request.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theSignatureCoversTheTimeAndTheBody() throws Exception {
        try (Sink sink = sink()) {
            sink.deliver(records(5, 6));
            HttpReceiver.Request request = receiver.requests.getFirst();
            String time = request.headers().get("x-netsentinel-timestamp");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            String wanted =
                    HexFormat.of()
                            .formatHex(mac.doFinal((time + "." + request.body()).getBytes(UTF_8)));
            assertThat(request.headers())
                    .containsEntry("x-netsentinel-signature", "v1=" + wanted)
                    .containsEntry("x-netsentinel-delivery", "alerts-abcdefgh-5+2");
            assertThat(Instant.ofEpochSecond(Long.parseLong(time)))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        }
    }

    @Test
    void redirectsAreNotFollowed() throws IOException {
        receiver.answer =
                _ -> new Reply(302, "Location: " + receiver.url() + "/other\r\n", "moved");
        try (Sink sink = sink()) {
            assertThat(sink.deliver(records(1, 1)))
                    .isEqualTo(new Delivery.Later("the target answered 302: moved", Duration.ZERO));
            assertThat(receiver.requests).hasSize(1);
        }
    }

    @Test
    void thisMachineIsNoTargetUnlessThatIsAllowed() {
        for (String host : new String[] {"127.0.0.1", "localhost", "[::1]", "0.0.0.0"}) {
            String url = "http://" + host + ":" + receiver.port();
            try (Sink sink = sink(Map.of("url", url, "allow-local", false))) {
                assertThatThrownBy(() -> sink.deliver(records(1, 1)))
                        .as(host)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("allow-local");
            }
        }
        assertThat(receiver.accepted()).isZero();
    }

    @Test
    void aChatGetsTextForPeopleThatMentionsNobody() throws IOException {
        try (Sink sink = sink(Map.of("template", "slack"))) {
            sink.deliver(List.of(record(1, "<!channel> & <http://x|y>")));
            assertThat(json(receiver.requests.getLast()).path("text").asText())
                    .isEqualTo(
                            "INFO &lt;!channel&gt; &amp; &lt;http://x|y&gt;, &lt;!channel&gt; &amp;"
                                    + " &lt;http://x|y&gt;");
        }
        try (Sink sink = sink(Map.of("template", "discord"))) {
            sink.deliver(records(1, 25));
            JsonNode body = json(receiver.requests.getLast());
            assertThat(body.path("content").asText())
                    .endsWith("\n… and 15 more")
                    .doesNotContain("\u001b", "\u202e")
                    .hasSizeLessThan(5_000);
            assertThat(body.path("allowed_mentions").path("parse")).isEmpty();
        }
    }

    @Test
    void anAddressThatIsASecretIsNotShown() throws IOException {
        Map<String, Object> options =
                Map.of("hidden-url", receiver.url() + "/services/secret", "allow-local", true);
        try (Sink sink = new WebhookSinkFactory().create(new Options("lab", options))) {
            assertThat(sink.target()).isEqualTo(receiver.url() + " (hidden-url)");
            sink.deliver(records(1, 1));
            assertThat(receiver.requests.getFirst().path()).isEqualTo("/services/secret");
        }
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThatThrownBy(() -> sink(Map.of("signing-secret", "short")))
                .hasMessage("signing-secret: at least 16 bytes");
        assertThatThrownBy(() -> sink(Map.of("template", "irc")))
                .hasMessageStartingWith("template: ");
        assertThatThrownBy(() -> sink(Map.of("hidden-url", "http://x")))
                .hasMessage("url: set either url or hidden-url");
    }
}

package io.netsentinel.integrations.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.BrokerContract;
import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

@EnabledIf(value = ValkeyServer.INSTALLED, disabledReason = ValkeyServer.MISSING)
class StreamSourceTest extends BrokerContract {
    private static final byte[] KEY = "suricata".getBytes(UTF_8);

    @TempDir private Path folder;
    private ValkeyServer server;

    @BeforeEach
    void startServer() {
        server = ValkeyServer.start(folder);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Override
    protected Source source() {
        return source(Map.of());
    }

    private Source source(Map<String, Object> more) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("url", server.url());
        options.put("stream", "suricata");
        options.put("max-line", 64L << 10);
        options.putAll(more);
        return new ValkeySourceFactory().create(new Options("lab", options));
    }

    @Override
    protected void push(List<byte[]> lines) {
        try (Jedis client = server.client()) {
            lines.forEach(line ->
                    client.xadd(KEY, XAddParams.xAddParams(), Map.of("eve".getBytes(UTF_8), line)));
        }
    }

    @Override
    protected void away() {
        server.away();
    }

    @Override
    protected void back() {
        server.back();
    }

    private Event gap() {
        lab().await(() -> lab().tail(Channel.SYSTEM) > 0);
        assertThat(lab().events(Channel.SYSTEM)).hasSize(1);
        Event gap = lab().events(Channel.SYSTEM).getFirst();
        assertThat(gap.text(Fields.EVENT_ACTION)).isEqualTo("gap");
        return gap;
    }

    @Test
    void whatTheStreamLostBeforeItWasReadIsToldWithItsNumber() {
        push(0, 10);
        lab().start(source()).expect(0, 10);
        lab().stop();
        push(10, 30);
        try (Jedis client = server.client()) {
            client.xtrim("suricata", 5, false);
        }
        lab().start(source());
        lab().await(() -> lab().numbers().contains(29L));
        assertThat(lab().numbers()).hasSize(15).endsWith(25L, 26L, 27L, 28L, 29L);
        assertThat(gap().number("ns.gap.count", 0)).isEqualTo(15);
        assertThat(lab().status().missed()).isEqualTo(15);
        assertThat(lab().status().lastError()).contains("15 entries");
    }

    @Test
    void entriesThatWereReadMayBeTakenOutOfTheStream() {
        push(0, 10);
        lab().start(source()).expect(0, 10);
        lab().stop();
        try (Jedis client = server.client()) {
            client.xtrim("suricata", 0, false);
        }
        push(10, 12);
        lab().start(source()).expect(0, 12);
        assertThat(lab().status().missed()).isZero();
    }

    @Test
    void aStreamThatWasMadeAnewIsReadFromItsBeginning() {
        push(0, 10);
        lab().start(source()).expect(0, 10);
        lab().stop();
        try (Jedis client = server.client()) {
            client.del("suricata");
        }
        push(10, 12);
        lab().start(source()).expect(0, 12);
        assertThat(gap().text(Fields.MESSAGE)).contains("begun anew");
    }

    @Test
    void aNewSourceMayBeginWithWhatComes() {
        push(0, 10);
        lab().start(source(Map.of("start", "end")));
        lab().await(() -> !lab().status().state().text().equals("waiting"));
        lab().await(() -> {
            // only what comes after it has looked is sure to be new
            push(10, 11);
            return !lab().numbers().isEmpty();
        });
        assertThat(lab().numbers()).allMatch(number -> number == 10);
    }

    @Test
    void theLineIsTheFieldThatIsNamed() {
        try (Jedis client = server.client()) {
            client.xadd(
                    "suricata",
                    (StreamEntryID) null,
                    Map.of("host", "sensor-1", "line", Lab.line(0)));
            client.xadd("suricata", (StreamEntryID) null, Map.of("host", "sensor-1", "no", "line"));
        }
        lab().start(source(Map.of("field", "line"))).expect(0, 1);
        lab().await(() -> lab().status().deadLetters() == 1);
    }
}

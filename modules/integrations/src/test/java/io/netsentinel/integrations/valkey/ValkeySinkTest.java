package io.netsentinel.integrations.valkey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.integrations.sink.kind.SinkContract;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

@EnabledIf(value = ValkeyServer.INSTALLED, disabledReason = ValkeyServer.MISSING)
class ValkeySinkTest extends SinkContract {
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
    protected Sink sink() {
        return new ValkeySinkFactory()
                .create(new Options("lab", Map.of("url", server.url(), "node", "me")));
    }

    @Override
    protected List<Long> got() {
        return entries().stream()
                .map(entry -> offset(entry.getFields().getOrDefault("event", "")))
                .toList();
    }

    private List<StreamEntry> entries() {
        try (Jedis client = server.client()) {
            return client.xrange("netsentinel:alerts", (StreamEntryID) null, (StreamEntryID) null);
        }
    }

    @Test
    void anEntryHasTheEventsIdAndItsPlace() throws Exception {
        try (Sink sink = sink()) {
            assertThat(sink.deliver(records(7, 7))).isEqualTo(Delivery.ALL);
        }
        assertThat(entries().getFirst().getFields())
                .containsEntry("id", "id7")
                .containsEntry("ns-channel", "alerts")
                .containsEntry("ns-epoch", "abcdefgh")
                .containsEntry("ns-offset", "7")
                .containsEntry("ns-origin", "me");
    }

    @Test
    void aServerThatIsAwayIsReachedAgainWhenItIsBack() throws Exception {
        try (Sink sink = sink()) {
            sink.deliver(records(1, 2));
            server.away();
            assertThat(failed(sink, records(3, 4))).isTrue();
            server.back();
            await("it gets through", () -> !failed(sink, records(3, 4)));
            assertThat(got()).isEqualTo(range(1, 4));
        }
    }

    @Test
    void aKeyThatIsNoStreamIsTriedAgain() throws Exception {
        try (Jedis client = server.client();
                Sink sink = sink()) {
            client.set("netsentinel:alerts".getBytes(UTF_8), "x".getBytes(UTF_8));
            assertThat(sink.deliver(records(1, 2))).isInstanceOf(Delivery.Later.class);
            client.del("netsentinel:alerts");
            assertThat(sink.deliver(records(1, 2))).isEqualTo(Delivery.ALL);
            assertThat(got()).isEqualTo(range(1, 2));
        }
    }
}

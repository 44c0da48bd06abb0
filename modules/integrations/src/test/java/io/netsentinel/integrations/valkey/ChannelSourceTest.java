package io.netsentinel.integrations.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.SourceStatus.State;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

@EnabledIf(value = ValkeyServer.INSTALLED, disabledReason = ValkeyServer.MISSING)
class ChannelSourceTest {
    @TempDir private Path folder;
    @TempDir private Path temporary;
    private ValkeyServer server;
    private Lab lab;

    @BeforeEach
    void open() {
        server = ValkeyServer.start(folder);
        lab = new Lab(temporary, "none");
    }

    @AfterEach
    void close() {
        lab.close();
        server.close();
    }

    private Source source(String channel) {
        return new ValkeySourceFactory()
                .create(new Options("lab", Map.of("url", server.url(), "channel", channel)));
    }

    /// Until somebody listens.
    private void publish(String channel, long number) {
        try (Jedis client = server.client()) {
            lab.await(() -> client.publish(channel, Lab.line(number)) == 1);
        }
    }

    @Test
    void messagesBecomeEventsInTheirOrder() {
        lab.start(source("suricata"));
        for (int i = 0; i < 1_000; i++) {
            publish("suricata", i);
        }
        lab.expect(0, 1_000);
        assertThat(lab.status().state()).isEqualTo(State.LIVE);
    }

    @Test
    void aPatternListensToAllChannelsItMatches() {
        lab.start(source("sensor.*"));
        publish("sensor.a", 0);
        publish("sensor.b", 1);
        lab.expect(0, 2);
    }

    @Test
    void whatIsInHandAtAStopIsCommitted() {
        lab.start(source("suricata"));
        for (int i = 0; i < 300; i++) {
            publish("suricata", i);
        }
        lab.stop();
        assertThat(lab.numbers().size()).isLessThanOrEqualTo(300);
        assertThat(lab.numbers()).isEqualTo(Lab.range(0, lab.numbers().size()));
    }

    @Test
    void aBreakIsAGapThatIsSaid() {
        lab.start(source("suricata"));
        publish("suricata", 0);
        lab.expect(0, 1);
        server.away();
        lab.await(() -> lab.status().state() == State.FAILED);
        server.back();
        publish("suricata", 1);
        lab.expect(0, 2);
        lab.await(() -> lab.tail(Channel.SYSTEM) == 1);
        assertThat(lab.events(Channel.SYSTEM).getFirst().text(Fields.MESSAGE))
                .contains("nobody listened to channel suricata");
        assertThat(lab.status().missed()).isEqualTo(1);
    }

    @Test
    void theTimeOfAStopIsAGapToo() {
        lab.start(source("suricata"));
        publish("suricata", 0);
        lab.expect(0, 1);
        lab.stop();
        lab.start(source("suricata"));
        lab.await(() -> lab.tail(Channel.SYSTEM) == 1);
    }
}

package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A connection with one subscription may follow eight channels. A pattern that means more is
/// opened for none of them.
final class PatternLimitTest {
    private static final int MOST = 8;

    @TempDir Path directory;
    private StreamFixture at;
    private StreamClient client;

    @BeforeEach
    void open() {
        at =
                new StreamFixture(
                        directory,
                        StreamFixture.Options.defaults()
                                .with(
                                        new ProtocolSettings.Limits(
                                                65_536, 1, 50, 1_000, 1_000, 1_000, 1_000, 64,
                                                List.of())));
        client = at.as(Role.VIEWER);
    }

    @AfterEach
    void close() {
        client.close();
        at.close();
    }

    private void channels(int from, int to) {
        IntStream.range(from, to).forEach(n -> at.hub.ensure("lab." + n));
    }

    @Test
    void aPatternOfTooManyChannelsLeavesNoCursorAndNoAnswerButTheError() {
        channels(0, MOST + 4);
        JsonNode answer = client.ask("subscribe", "'channel':'lab.*'");
        assertThat(answer.path("type").asText()).isEqualTo("error");
        assertThat(answer.path("code").asInt()).isEqualTo(106);
        assertThat(at.hub.statistics().subscriptions()).isZero();
        assertThat(at.hub.statistics().views()).isZero();
        // the name is free again
        JsonNode one = client.ask("subscribe", "'channel':'lab.1','sub':'lab.*'");
        assertThat(one.path("type").asText()).isEqualTo("subscribed");
        assertThat(at.hub.statistics().subscriptions()).isEqualTo(1);
    }

    @Test
    void aChannelThatIsBornBeyondTheLimitIsToldAndNotSaidToBeSubscribed() {
        channels(0, MOST);
        client.ask("subscribe", "'channel':'lab.*'");
        assertThat(at.hub.statistics().subscriptions()).isEqualTo(MOST);
        channels(MOST, MOST + 1);
        JsonNode told =
                client.await(message ->
                        message.path("type").asText().equals("error")
                                || message.path("channel").asText().equals("lab." + MOST));
        assertThat(told.path("code").asInt()).isEqualTo(106);
        assertThat(at.hub.statistics().subscriptions()).isEqualTo(MOST);
    }
}

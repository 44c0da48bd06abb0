package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.ChannelPolicy;
import io.netsentinel.channels.HubSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who follows a channel, and state channels, as a client sees them.
final class PresenceTest {
    @TempDir Path directory;
    private StreamFixture at;

    @BeforeEach
    void open() {
        ChannelPolicy usual = ChannelPolicy.defaults();
        at =
                new StreamFixture(
                        directory,
                        StreamFixture.Options.defaults()
                                .with(
                                        HubSettings.defaults()
                                                .withPolicy("desk", usual.withPresence(true))
                                                .withPolicy("ml", usual.withKey("model"))));
        at.hub.ensure("desk");
    }

    @AfterEach
    void close() {
        at.close();
    }

    private StreamClient client(String user, String client) {
        String token = at.token(user, Role.ADMIN, Duration.ofHours(1));
        StreamClient connected = at.connect("/ws", "Authorization", "Bearer " + token);
        connected.ask("connect", "'client':'" + client + "'");
        return connected;
    }

    @Test
    void joiningAndLeavingIsToldOnceForAClientHoweverManyConnectionsItHas() {
        try (StreamClient ada = client("ada", "tab")) {
            ada.ask("subscribe", "'channel':'desk'");
            StreamClient first = client("bob", "tab");
            StreamClient second = client("bob", "tab");
            first.ask("subscribe", "'channel':'**'");
            JsonNode join = ada.await("join");
            assertThat(join.toString())
                    .isEqualTo(
                            "{\"type\":\"join\",\"channel\":\"desk\",\"client\":\"tab\",\"user\":\"bob\"}");
            second.ask("subscribe", "'channel':'desk','sub':'again'");
            first.close();
            JsonNode present = presence(ada, 2);
            assertThat(present.path("clients").toString())
                    .contains("\"user\":\"ada\"", "\"user\":\"bob\"");
            assertThat(ada.quiet()).isTrue();
            second.ask("unsubscribe", "'sub':'again'");
            assertThat(ada.await("leave").path("user").asText()).isEqualTo("bob");
            presence(ada, 1);
            second.close();
        }
    }

    /// Waits for the number: a closed socket is noticed a moment later.
    private static JsonNode presence(StreamClient client, int total) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        JsonNode answer = client.ask("presence", "'channel':'desk'");
        while (answer.path("total").asInt() != total && System.nanoTime() < deadline) {
            answer = client.ask("presence", "'channel':'desk'");
        }
        assertThat(answer.path("type").asText()).isEqualTo("presence");
        assertThat(answer.path("total").asInt()).isEqualTo(total);
        return answer;
    }

    @Test
    void itIsToldOnlyToWhoMayFollowAndWhereThePolicyAllows() {
        try (StreamClient ada = client("ada", "tab");
                StreamClient narrow = at.as(Role.VIEWER, "alerts");
                StreamClient other = at.as(Role.VIEWER, "alerts")) {
            assertThat(ada.refused("presence", "'channel':'alerts'"))
                    .isEqualTo(ErrorCode.NOT_AVAILABLE.number());
            assertThat(narrow.refused("presence", "'channel':'desk'"))
                    .isEqualTo(ErrorCode.PERMISSION_DENIED.number());
            assertThat(narrow.refused("presence", "'channel':'none'"))
                    .isEqualTo(ErrorCode.PERMISSION_DENIED.number());
            narrow.ask("subscribe", "'channel':'alerts'");
            other.ask("subscribe", "'channel':'**'");
            ada.ask("subscribe", "'channel':'desk'");
            assertThat(narrow.ask("history", "'channel':'alerts'").path("type").asText())
                    .isEqualTo("history");
            assertThat(narrow.quiet()).isTrue();
            assertThat(other.ask("history", "'channel':'alerts'").path("type").asText())
                    .isEqualTo("history");
            assertThat(other.quiet()).isTrue();
        }
    }

    @Test
    void aNewSubscriberOfAStateChannelGetsTheLastValuesFirst() {
        for (int i = 1; i <= 6; i++) {
            at.publish("ml", "{\"model\":\"m" + i % 2 + "\",\"n\":" + i + "}");
        }
        try (StreamClient client = at.as(Role.VIEWER)) {
            assertThat(client.ask("subscribe", "'channel':'ml'").path("start").asLong())
                    .isEqualTo(4);
            assertThat(client.events(2).stream().map(e -> e.path("offset").asLong()))
                    .containsExactly(5L, 6L);
            at.publish("ml", "{\"model\":\"m1\",\"n\":7}");
            assertThat(client.events(1).getFirst().path("prev").asLong()).isEqualTo(6);
        }
    }
}

package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectTest {
    @TempDir Path directory;
    private StreamFixture at;

    @BeforeEach
    void open() {
        at = new StreamFixture(directory);
    }

    @AfterEach
    void close() {
        at.close();
    }

    private String bearer(Role role, String... channels) {
        return "Bearer " + at.token(role, channels);
    }

    private int refusal(String path, String... headers) {
        return StreamClient.refusal(at.server.port(), path, headers);
    }

    @Test
    void aBearerTokenInTheHandshakeIsAnIdentity() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            JsonNode connected =
                    client.ask("connect", "'client':'desk-1','name':'test','version':'1'");
            assertThat(connected.path("type").asText()).isEqualTo("connected");
            assertThat(connected.path("user").asText()).isEqualTo("the-viewer");
            assertThat(connected.path("client").asText()).isEqualTo("desk-1");
            assertThat(connected.path("session").asText()).hasSize(26);
            assertThat(connected.path("node").asText()).isEqualTo("netsentinel");
            assertThat(connected.path("exp").asLong()).isPositive();
            assertThat(connected.path("time").asLong()).isPositive();
            assertThat(connected.path("limits").toString())
                    .isEqualTo(
                            "{\"frameSize\":65536,\"subscriptions\":128,\"commandsPerSecond\":50}");
            assertThat(connected.path("channels").toString())
                    .contains(
                            "{\"name\":\"alerts\",\"can\":[\"subscribe\",\"history\",\"ack\"],"
                                    + "\"retention\":7776000}")
                    .doesNotContain("audit");
        }
    }

    @Test
    void aTokenInTheFirstConnectIsAnIdentity() {
        try (StreamClient client = at.connect("/ws")) {
            assertThat(client.refused("subscribe", "'channel':'alerts'")).isEqualTo(101);
            assertThat(client.refused("connect", "")).isEqualTo(101);
            JsonNode connected = client.ask("connect", "'token':'" + at.token(Role.ADMIN) + "'");
            assertThat(connected.path("user").asText()).isEqualTo("the-admin");
            assertThat(connected.path("channels").toString())
                    .contains("\"audit\",\"can\":[\"subscribe\",\"history\",\"ack\"]")
                    .contains("\"alerts\",\"can\":[\"subscribe\",\"history\",\"publish\",\"ack\"]");
        }
    }

    @Test
    void aSameOriginCookieIsAnIdentity() {
        String origin = "http://localhost:" + at.server.port();
        try (StreamClient client = at.connect("/ws", "Cookie", at.cookie(), "Origin", origin)) {
            assertThat(client.ask("connect", "").path("user").asText()).isEqualTo("admin");
        }
    }

    @Test
    void aCookieWithoutAnOriginIsIgnored() {
        try (StreamClient client = at.connect("/ws", "Cookie", at.cookie())) {
            assertThat(client.refused("connect", "")).isEqualTo(101);
        }
    }

    @Test
    void badCredentialsAndForeignOriginsAreRefusedBeforeTheUpgrade() {
        assertThat(refusal("/ws", "Authorization", "Bearer nonsense")).isEqualTo(401);
        assertThat(refusal("/ws", "Authorization", bearer(Role.ADMIN) + "x")).isEqualTo(401);
        assertThat(refusal("/ws", "Origin", "https://evil.example")).isEqualTo(403);
        assertThat(refusal("/ws", "Origin", "null")).isEqualTo(403);
        assertThat(refusal("/ws?token=" + at.token(Role.ADMIN))).isEqualTo(400);
        assertThat(refusal("/ws?access_token=x")).isEqualTo(400);
        assertThat(refusal("/ws/alerts", "Authorization", bearer(Role.SENSOR))).isEqualTo(403);
        assertThat(refusal("/ws/audit", "Authorization", bearer(Role.VIEWER))).isEqualTo(403);
        assertThat(refusal("/ws/nowhere", "Authorization", bearer(Role.VIEWER))).isEqualTo(404);
        assertThat(refusal("/ws/stats")).isEqualTo(404);
        assertThat(refusal("/ws/")).isEqualTo(404);
        assertThat(refusal("/elsewhere")).isEqualTo(404);
        assertThat(refusal("/ws/alerts?offset=x")).isEqualTo(400);
        assertThat(refusal("/ws/alerts?filter=%28")).isEqualTo(400);
        assertThat(refusal("/ws/alerts?colour=red")).isEqualTo(400);
        assertThat(refusal("/ws")).isEqualTo(101);
    }

    @Test
    void theSubprotocolIsChosenOrRefused() {
        String[] identity = {"Authorization", bearer(Role.VIEWER)};
        try (StreamClient both =
                StreamClient.connect(
                        at.server.port(),
                        "/ws",
                        List.of("netsentinel.v2.json", "netsentinel.v1.json"),
                        identity)) {
            assertThat(both.subprotocol()).isEqualTo("netsentinel.v1.json");
        }
        try (StreamClient none = at.connect("/ws", identity)) {
            assertThat(none.subprotocol()).isEmpty();
            assertThat(none.ask("connect", "").path("type").asText()).isEqualTo("connected");
        }
    }

    @Test
    void aPathWithAChannelAnswersAtOnce() {
        at.publish("alerts", "{\"n\":1}", 5);
        try (StreamClient client =
                at.connect("/ws/alerts?last=2", "Authorization", bearer(Role.VIEWER))) {
            JsonNode subscribed = client.next();
            assertThat(subscribed.path("type").asText()).isEqualTo("subscribed");
            assertThat(subscribed.path("channel").asText()).isEqualTo("alerts");
            assertThat(subscribed.path("start").asLong()).isEqualTo(3);
            assertThat(client.await("connected").path("user").asText()).isEqualTo("the-viewer");
            assertThat(client.events(2)).extracting(e -> e.path("offset").asInt()).contains(4, 5);
            assertThat(client.ask("connect", "'client':'later'").path("client").asText())
                    .isEqualTo("later");
        }
    }

    @Test
    void aPathWithAChannelWaitsForTheTokenWhenThereIsNone() {
        try (StreamClient client = at.connect("/ws/alerts")) {
            client.send("connect", "'token':'" + at.token(Role.VIEWER) + "'");
            assertThat(client.next().path("type").asText()).isEqualTo("subscribed");
            assertThat(client.next().path("type").asText()).isEqualTo("connected");
        }
    }

    @Test
    void connectSubscribesToEverythingInOneRoundTrip() {
        at.publish("alerts", "{\"n\":1}", 3);
        try (StreamClient client = at.connect("/ws")) {
            int id =
                    client.send(
                            "connect",
                            "'token':'"
                                    + at.token(Role.VIEWER)
                                    + "','subs':{'feed':{'channel':'alerts','offset':1},"
                                    + "'network':{'channel':'network'},"
                                    + "'bad':{'channel':'audit'},'worse':7}");
            JsonNode feed = client.next();
            assertThat(feed.path("sub").asText()).isEqualTo("feed");
            assertThat(feed.path("id").asInt()).isEqualTo(id);
            assertThat(feed.path("recovered").asBoolean()).isTrue();
            List<JsonNode> rest =
                    List.of(
                            client.await(m -> !m.path("type").asText().equals("event")),
                            client.await(m -> !m.path("type").asText().equals("event")),
                            client.await(m -> !m.path("type").asText().equals("event")),
                            client.await(m -> !m.path("type").asText().equals("event")));
            assertThat(rest)
                    .extracting(m -> m.path("type").asText() + m.path("code").asText())
                    .containsExactly("subscribed", "error103", "error107", "connected");
            assertThat(rest.get(1).path("field").asText()).isEqualTo("subs.bad");
        }
    }

    @Test
    void connectComesOnceAndIsChecked() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            assertThat(client.refused("connect", "'client':'two words'")).isEqualTo(107);
            assertThat(client.refused("connect", "'name':'" + "x".repeat(129) + "'"))
                    .isEqualTo(107);
            assertThat(client.refused("connect", "'encrypt':{}")).isEqualTo(107);
            assertThat(client.refused("connect", "'colour':'red'")).isEqualTo(107);
            assertThat(client.refused("connect", "'subs':[]")).isEqualTo(107);
            assertThat(client.refused("connect", "'compress':'gzip'")).isEqualTo(107);
            assertThat(client.refused("connect", "'compress':['zip']")).isEqualTo(107);
            assertThat(client.ask("connect", "'compress':['br','gzip']").path("compress").asText())
                    .isEqualTo("gzip");
            assertThat(client.refused("connect", "")).isEqualTo(107);
        }
    }

    @Test
    void aNewerTokenOfTheSameUserExtendsTheConnection() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            long before = client.ask("connect", "").path("exp").asLong();
            String longer = at.token("the-viewer", Role.VIEWER, Duration.ofHours(2));
            JsonNode refreshed = client.ask("refresh", "'token':'" + longer + "'");
            assertThat(refreshed.path("type").asText()).isEqualTo("refreshed");
            assertThat(refreshed.path("exp").asLong()).isGreaterThan(before);
            assertThat(client.refused("refresh", "'token':'" + at.token(Role.ADMIN) + "'"))
                    .isEqualTo(103);
            assertThat(client.refused("refresh", "")).isEqualTo(107);
        }
    }
}

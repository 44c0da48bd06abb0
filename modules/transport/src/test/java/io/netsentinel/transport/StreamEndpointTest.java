package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.auth.Role;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamEndpointTest {
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

    private Raw.Reply request(String method, String target, Role role) {
        return at.http().send(method, target, "", "Authorization: Bearer " + at.token(role));
    }

    private JsonNode get(String target, Role role) throws IOException {
        Raw.Reply reply = request("GET", target, role);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return new ObjectMapper().readTree(reply.body());
    }

    @Test
    void channelsAreListedAsFarAsTheyMayBeRead() throws IOException {
        at.publish("alerts", "{}", 3);
        try (StreamClient client = at.as(Role.VIEWER)) {
            client.ask("subscribe", "'channel':'alerts'");
            JsonNode channels = get("/ws/channels", Role.VIEWER).path("channels");
            assertThat(channels.get(0).path("epoch").asText()).hasSize(8);
            assertThat(channels.get(0).toString().replaceAll("\"epoch\":\"[^\"]*\",", ""))
                    .isEqualTo(
                            "{\"name\":\"alerts\",\"first\":1,\"tail\":3,\"subscribers\":1,"
                                    + "\"policy\":{\"retention\":7776000,\"onLag\":\"lag\","
                                    + "\"priority\":2,\"latencyMs\":20,\"lagAfterMs\":2000,"
                                    + "\"key\":\"\",\"presence\":false,"
                                    + "\"encryption\":\"optional\"}}");
            assertThat(channels.findValuesAsText("name")).doesNotContain("audit");
        }
        assertThat(get("/ws/channels", Role.ADMIN).path("channels").findValuesAsText("name"))
                .contains("audit");
        assertThat(request("GET", "/ws/channels", Role.SENSOR).status()).isEqualTo(403);
        assertThat(at.http().get("/ws/channels").status()).isEqualTo(401);
    }

    @Test
    void connectionsAreListedInPagesForAnAdministrator() throws IOException {
        try (StreamClient one = at.as(Role.VIEWER);
                StreamClient two = at.connect("/ws")) {
            one.ask("connect", "'client':'desk-1','name':'browser','version':'2'");
            one.ask("subscribe", "'channel':'alerts'");
            two.refused("connect", "");
            JsonNode all = get("/ws/connections", Role.ADMIN);
            assertThat(all.path("connections")).hasSize(2);
            assertThat(all.has("next")).isFalse();
            JsonNode first = get("/ws/connections?limit=1", Role.ADMIN);
            assertThat(first.path("connections")).hasSize(1);
            JsonNode rest = get("/ws/connections?after=" + first.path("next").asText(), Role.ADMIN);
            assertThat(rest.path("connections")).hasSize(1);
            JsonNode known =
                    first.path("connections").get(0).path("user").asText().isEmpty()
                            ? rest.path("connections").get(0)
                            : first.path("connections").get(0);
            assertThat(known.path("client").asText()).isEqualTo("desk-1");
            assertThat(known.path("user").asText()).isEqualTo("the-viewer");
            assertThat(known.path("role").asText()).isEqualTo("viewer");
            assertThat(known.path("name").asText()).isEqualTo("browser");
            assertThat(known.path("version").asText()).isEqualTo("2");
            assertThat(known.path("address").asText()).isEqualTo("127.0.0.1");
            assertThat(known.path("subscriptions").asInt()).isEqualTo(1);
            assertThat(known.path("messagesIn").asInt()).isEqualTo(2);
            assertThat(known.path("messagesOut").asInt()).isEqualTo(2);
            assertThat(known.path("bytesIn").asInt()).isPositive();
            assertThat(known.path("bytesOut").asInt()).isPositive();
        }
        assertThat(request("GET", "/ws/connections", Role.ANALYST).status()).isEqualTo(403);
        assertThat(request("GET", "/ws/connections?limit=0", Role.ADMIN).status()).isEqualTo(400);
    }

    @Test
    void aConnectionCanBeClosed() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            String id = client.ask("connect", "").path("session").asText();
            assertThat(request("DELETE", "/ws/connections/" + id, Role.ANALYST).status())
                    .isEqualTo(403);
            assertThat(request("DELETE", "/ws/connections/" + id, Role.ADMIN).status())
                    .isEqualTo(204);
            assertThat(client.closedWith()).isEqualTo(CloseCode.KICKED);
        }
        assertThat(request("DELETE", "/ws/connections/nothing", Role.ADMIN).status())
                .isEqualTo(404);
    }

    @Test
    void anOrdinaryRequestIsToldToUpgrade() {
        Raw.Reply reply = at.http().get("/ws");
        assertThat(reply.status()).isEqualTo(426);
        assertThat(reply.header("Upgrade")).isEqualTo("websocket");
    }
}

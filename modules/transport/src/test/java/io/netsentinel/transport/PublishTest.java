package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishTest {
    private static final int LARGE = 20 << 20;

    @TempDir Path directory;
    private StreamFixture at;
    private StreamClient client;

    @BeforeEach
    void open() {
        ProtocolSettings.Limits usual = ProtocolSettings.Limits.defaults();
        at =
                new StreamFixture(
                        directory,
                        StreamFixture.Options.defaults()
                                .with(
                                        new ProtocolSettings.Limits(
                                                LARGE,
                                                usual.subscriptions(),
                                                usual.commandsPerSecond(),
                                                usual.connectRatePerAddress(),
                                                usual.connectionsPerAddress(),
                                                usual.connectionsPerUser(),
                                                usual.connections(),
                                                usual.viewsPerUser(),
                                                usual.exempt())));
        client = at.as(Role.SENSOR);
    }

    @AfterEach
    void close() {
        client.close();
        at.close();
    }

    private String stored(long offset) {
        byte[] payload =
                at.log.read("network", offset - 1, 1, 1_000).join().records().getFirst().payload();
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Test
    void theAnswerComesAfterTheCommitWithThePosition() {
        JsonNode published = client.ask("publish", "'channel':'network','data':{'a':1}");
        assertThat(published.path("type").asText()).isEqualTo("published");
        assertThat(published.path("offset").asLong()).isEqualTo(1);
        assertThat(published.path("epoch").asText()).hasSize(8);
        assertThat(stored(1)).isEqualTo("{\"a\":1}");
    }

    @Test
    void whatTheServerAloneSaysOfAlertsIsRefusedHoweverItIsSpelt() {
        for (String data :
                new String[] {
                    "{'ns':{'change':{'id':'a','action':'ack'}},'event':{'kind':'state'}}",
                    "{'ns.change.id':'a'}",
                    "{'ns':{'house':{'rule':'x'}}}"
                }) {
            JsonNode error = client.ask("publish", "'channel':'alerts','data':" + data);
            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.path("field").asText()).isEqualTo("data");
        }
        JsonNode other = client.ask("publish", "'channel':'network','data':{'ns':{'change':1}}");
        assertThat(other.path("type").asText()).isEqualTo("published");
    }

    @Test
    void theDataIsStoredExactlyAsItWasSent() {
        String data =
                "{ \"n\" : 1.50e2, \"big\":12345678901234567890123,\"ü😀\":\"\\u00fc\",\"a\":[{}]}";
        client.raw(
                "{\"data\":" + data + " , \"type\":\"publish\",\"channel\":\"network\",\"id\":7}");
        client.await("published");
        assertThat(stored(1)).isEqualTo(data);
        client.raw(
                "[{\"type\":\"publish\",\"ü\":1,\"id\":8,\"channel\":\"network\"},"
                        + "{\"type\":\"publish\",\"id\":9,\"channel\":\"network\",\"data\":{\"x\":\"y\"}}]");
        assertThat(client.await("error").path("field").asText()).isEqualTo("ü");
        client.await("published");
        assertThat(stored(2)).isEqualTo("{\"x\":\"y\"}");
    }

    @Test
    void aRepetitionUnderTheSameKeyWritesNothing() {
        JsonNode first = client.ask("publish", "'channel':'network','data':{},'key':'k1'");
        JsonNode again = client.ask("publish", "'channel':'network','data':{},'key':'k1'");
        assertThat(first.has("duplicate")).isFalse();
        assertThat(again.path("duplicate").asBoolean()).isTrue();
        assertThat(again.path("offset")).isEqualTo(first.path("offset"));
        try (StreamClient other =
                at.connect(
                        "/ws",
                        "Authorization",
                        "Bearer "
                                + at.token("other", Role.SENSOR, java.time.Duration.ofHours(1)))) {
            assertThat(
                            other.ask("publish", "'channel':'network','data':{},'key':'k1'")
                                    .path("offset")
                                    .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void priorityAndTimeToLiveAreStored() {
        client.ask("publish", "'channel':'network','data':{},'ttl':1.5,'priority':3");
        var stored = at.log.read("network", 0, 1, 1_000).join().records().getFirst();
        assertThat(stored.priority()).isEqualTo(3);
        assertThat(stored.expires() - stored.time()).isEqualTo(1_500);
    }

    @Test
    void withoutAnIdOnlyARefusalIsAnswered() {
        client.raw("{\"type\":\"publish\",\"channel\":\"network\",\"data\":{}}");
        client.raw("{\"type\":\"publish\",\"channel\":\"nowhere\",\"data\":{}}");
        JsonNode error = client.next();
        assertThat(error.path("code").asInt()).isEqualTo(102);
        assertThat(error.has("id")).isFalse();
        client.ask("publish", "'channel':'network','data':{}");
        assertThat(at.hub.channel("network").orElseThrow().tail()).isEqualTo(2);
    }

    @Test
    void manyOnTheirWayKeepTheirOrder() {
        try (StreamClient admin = at.as(Role.ADMIN)) {
            for (int i = 1; i <= 2_000; i++) {
                admin.send("publish", "'channel':'network','data':{'n':" + i + "}");
            }
            for (int i = 1; i <= 2_000; i++) {
                assertThat(admin.await("published").path("id").asInt()).isEqualTo(i);
            }
        }
        assertThat(stored(1_234)).isEqualTo("{\"n\":1234}");
    }

    @Test
    void whatCannotBePublishedIsRefusedWithItsReason() {
        assertThat(client.refused("publish", "'channel':'nowhere','data':{}")).isEqualTo(102);
        assertThat(client.refused("publish", "'channel':'audit','data':{}")).isEqualTo(103);
        assertThat(client.refused("publish", "'channel':'stats','data':{}")).isEqualTo(107);
        assertThat(client.refused("publish", "'channel':'network','data':[]")).isEqualTo(107);
        assertThat(client.refused("publish", "'channel':'network'")).isEqualTo(107);
        assertThat(client.refused("publish", "'data':{}")).isEqualTo(107);
        assertThat(client.refused("publish", "'channel':'network','data':{},'ttl':0"))
                .isEqualTo(107);
        assertThat(client.refused("publish", "'channel':'network','data':{},'ttl':'1h'"))
                .isEqualTo(107);
        assertThat(client.refused("publish", "'channel':'network','data':{},'priority':4"))
                .isEqualTo(107);
        assertThat(client.refused("publish", "'channel':'network','data':{},'key':''"))
                .isEqualTo(107);
        try (StreamClient viewer = at.as(Role.VIEWER)) {
            assertThat(viewer.refused("publish", "'channel':'network','data':{}")).isEqualTo(103);
        }
        assertThat(at.hub.channel("network").orElseThrow().tail()).isZero();
    }

    @Test
    void aPayloadTheLogDoesNotTakeIs121() {
        String megabyte = "\"" + "x".repeat(1_000_000) + "\",";
        String data = "{\"a\":[" + megabyte.repeat(17) + "0]}";
        client.raw("{\"type\":\"publish\",\"id\":1,\"channel\":\"network\",\"data\":" + data + "}");
        assertThat(client.await("error").path("code").asInt()).isEqualTo(121);
    }

    @Test
    void anAdministratorsPublishCreatesTheChannel() {
        try (StreamClient admin = at.as(Role.ADMIN)) {
            assertThat(admin.ask("publish", "'channel':'lab.new','data':{}").path("offset").asInt())
                    .isEqualTo(1);
        }
    }
}

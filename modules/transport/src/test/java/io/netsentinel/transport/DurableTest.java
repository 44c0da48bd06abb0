package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.Role;
import io.netsentinel.queuing.LogSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableTest {
    private static final String DESK = "'channel':'network','durable':'desk-1'";

    @TempDir Path directory;
    private StreamFixture at;
    private StreamClient client;

    @BeforeEach
    void open() {
        at = new StreamFixture(directory);
        client = at.as(Role.VIEWER);
    }

    @AfterEach
    void close() {
        client.close();
        at.close();
    }

    private void reconnect() {
        client.close();
        client = at.as(Role.VIEWER);
    }

    private void restart() {
        close();
        open();
    }

    private JsonNode subscribe(String members) {
        JsonNode answer = client.ask("subscribe", members);
        assertThat(answer.path("type").asText()).as("%s", answer).isEqualTo("subscribed");
        return answer;
    }

    private void acknowledge(long offset) {
        client.raw("{\"type\":\"ack\",\"sub\":\"network\",\"offset\":" + offset + "}");
        client.ask("history", "'channel':'network','limit':1"); // it has been read
    }

    private List<Long> offsets(int count) {
        return client.events(count).stream().map(event -> event.path("offset").asLong()).toList();
    }

    @Test
    void comingBackWithoutAPositionGoesOnAfterWhatWasAcknowledged() {
        JsonNode first = subscribe(DESK);
        assertThat(first.path("durable").asText()).isEqualTo("desk-1");
        assertThat(first.has("recovered")).isFalse();
        at.publish("network", "{}", 5);
        assertThat(offsets(5)).hasSize(5);
        acknowledge(2);
        at.publish("network", "{}", 1);
        reconnect();
        JsonNode again = subscribe(DESK);
        assertThat(again.path("recovered").asBoolean()).isTrue();
        assertThat(again.path("start").asLong()).isEqualTo(2);
        assertThat(offsets(4)).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void aRestartChangesNothing() {
        subscribe(DESK);
        at.publish("network", "{}", 5);
        offsets(5);
        acknowledge(4);
        restart();
        assertThat(subscribe(DESK).path("start").asLong()).isEqualTo(4);
        assertThat(offsets(1)).containsExactly(5L);
    }

    @Test
    void aPositionGivenCountsMoreThanTheOneKept() {
        subscribe(DESK);
        at.publish("network", "{}", 5);
        offsets(5);
        acknowledge(5);
        reconnect();
        subscribe(DESK + ",'offset':1");
        assertThat(offsets(4)).containsExactly(2L, 3L, 4L, 5L);
        reconnect();
        assertThat(subscribe(DESK).path("start").asLong()).as("kept from there").isEqualTo(1);
    }

    @Test
    void anAcknowledgementMustBeOfSomethingThatWasSent() {
        JsonNode subscribed = subscribe(DESK);
        String epoch = subscribed.path("epoch").asText();
        at.publish("network", "{}", 3);
        offsets(3);
        String ack = "'sub':'network','channel':'network','epoch':'" + epoch + "','offset':";
        JsonNode error = client.ask("ack", ack + "4");
        assertThat(error.path("code").asInt()).isEqualTo(107);
        assertThat(error.path("field").asText()).isEqualTo("offset");
        assertThat(client.refused("ack", "'sub':'network','epoch':'other','offset':1"))
                .isEqualTo(107);
        assertThat(client.refused("ack", "'sub':'network','channel':'alerts','offset':1"))
                .isEqualTo(107);
        assertThat(client.refused("ack", "'sub':'nothing','offset':1")).isEqualTo(107);
        assertThat(client.refused("ack", "'sub':'network'")).isEqualTo(107);
        assertThat(client.refused("ack", "'offset':1")).isEqualTo(107);
        subscribe("'channel':'alerts'");
        assertThat(client.refused("ack", "'sub':'alerts','offset':0")).isEqualTo(107);
        client.send("ack", ack + "3");
        assertThat(client.ask("history", "'channel':'network'").path("type").asText())
                .isEqualTo("history");
    }

    @Test
    void whatMakesItDurableIsChecked() {
        subscribe(DESK);
        Map<String, Integer> codes =
                Map.of(
                        "'channel':'network','sub':'x','durable':'desk-1'", 107,
                        "'channel':'network','sub':'x','durable':'no spaces'", 107,
                        "'channel':'network','sub':'x','ttl':1", 107,
                        "'channel':'network','sub':'x','durable':'d','ttl':0", 107,
                        "'channel':'network','sub':'x','durable':'d','maxBehind':0", 107,
                        "'channel':'network','sub':'x','durable':'d','minPriority':1", 107,
                        "'channel':'network','sub':'x','durable':'d','ttl':1,'minPriority':4", 107);
        codes.forEach((members, code) ->
                assertThat(client.refused("subscribe", members)).as(members).isEqualTo(code));
        reconnect();
        JsonNode other = client.ask("subscribe", DESK + ",'filter':'severity >= high'");
        assertThat(other.path("code").asInt()).isEqualTo(107);
        assertThat(other.path("field").asText()).isEqualTo("durable");
        assertThat(client.refused("subscribe", "'channel':'alerts','durable':'desk-1'"))
                .isEqualTo(107);
        subscribe(DESK);
    }

    @Test
    void aUserMayHaveOnlySoMany() {
        close();
        at = new StreamFixture(directory, QueueSettings.defaults().withCursors(1, 2));
        client = at.as(Role.VIEWER);
        subscribe(DESK);
        assertThat(client.refused("subscribe", "'channel':'alerts','durable':'b'")).isEqualTo(106);
        try (StreamClient two = at.as(Role.ANALYST);
                StreamClient three = at.as(Role.ADMIN)) {
            two.ask("subscribe", DESK);
            assertThat(three.refused("subscribe", DESK)).isEqualTo(106);
        }
    }

    @Test
    void durableTakenOver_4011_whenANewerConnectionWantsIt() {
        subscribe(DESK);
        at.publish("network", "{}", 3);
        offsets(3);
        acknowledge(1);
        StreamClient newer = at.as(Role.VIEWER);
        newer.ask("subscribe", DESK);
        assertThat(client.closedWith()).isEqualTo(CloseCode.TAKEN_OVER);
        assertThat(newer.events(2).getFirst().path("offset").asLong()).isEqualTo(2);
        client = newer;
        try (StreamClient stranger = at.as(Role.ADMIN)) {
            stranger.ask("subscribe", DESK);
            at.publish("network", "{}", 1);
            assertThat(offsets(1)).as("another user's has the same name").containsExactly(4L);
        }
    }

    @Test
    void aPatternIsKeptChannelByChannel() {
        at.hub.ensure("lab.a");
        at.hub.ensure("lab.b");
        String lab = "'channel':'lab.*','durable':'lab'";
        subscribe(lab);
        at.publish("lab.a", "{}", 2);
        at.publish("lab.b", "{}", 1);
        client.events(3);
        client.raw("{\"type\":\"ack\",\"sub\":\"lab.*\",\"channel\":\"lab.a\",\"offset\":1}");
        assertThat(client.refused("ack", "'sub':'lab.*','offset':1")).isEqualTo(107);
        client.close();
        at.hub.ensure("lab.c");
        at.publish("lab.c", "{}", 1);
        client = at.as(Role.VIEWER);
        subscribe(lab);
        assertThat(
                        client.events(3).stream()
                                .map(e -> e.path("channel").asText() + e.path("offset").asText()))
                .containsExactlyInAnyOrder("lab.a2", "lab.b1", "lab.c1");
    }

    @Test
    void whatRetentionTookIsSaid() {
        subscribe(DESK);
        at.publish("network", "{}", 5);
        close();
        LogSettings forgetful = LogSettings.defaults().withMaxAge(Duration.ofMillis(1), Map.of());
        at = new StreamFixture(directory, StreamFixture.Options.defaults().with(forgetful));
        awaitRetention();
        client = at.as(Role.VIEWER);
        JsonNode subscribed = subscribe(DESK);
        assertThat(subscribed.path("recovered").asBoolean(true)).isFalse();
        assertThat(subscribed.path("reason").asText()).isEqualTo("retention");
        assertThat(subscribed.path("start").asLong()).isEqualTo(5);
    }

    private void awaitRetention() {
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (at.hub.channel("network").orElseThrow().first() < 6) {
            assertThat(System.nanoTime()).as("retention in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void whatMayExpireIsAGap() {
        subscribe(DESK + ",'maxBehind':2");
        reconnect();
        at.publish("network", "{}", 10);
        subscribe(DESK + ",'maxBehind':2");
        JsonNode gap = client.await("gap");
        assertThat(gap.path("from").asLong()).isEqualTo(1);
        assertThat(gap.path("to").asLong()).isEqualTo(8);
        assertThat(gap.path("reason").asText()).isEqualTo("expired");
        assertThat(offsets(2)).containsExactly(9L, 10L);
    }

    @Test
    void aSubscriptionThatIsForgottenBeginsAnew() {
        subscribe(DESK);
        at.publish("network", "{}", 3);
        offsets(3);
        client.ask("unsubscribe", "'sub':'network'");
        at.publish("network", "{}", 1);
        assertThat(subscribe(DESK).path("start").asLong()).as("kept").isZero();
        client.ask("unsubscribe", "'sub':'network','forget':true");
        JsonNode anew = subscribe(DESK);
        assertThat(anew.has("recovered")).isFalse();
        assertThat(anew.path("start").asLong()).isEqualTo(4);
    }

    @Test
    void connectAndThePathMakeDurableOnesToo() {
        JsonNode connected =
                client.ask("connect", "'subs':{'n':{'channel':'network','durable':'c'}}");
        assertThat(connected.path("type").asText()).isEqualTo("subscribed");
        assertThat(connected.path("durable").asText()).isEqualTo("c");
        try (StreamClient path =
                at.connect(
                        "/ws/network?durable=p",
                        "Authorization",
                        "Bearer " + at.token(Role.VIEWER))) {
            assertThat(path.await("subscribed").path("durable").asText()).isEqualTo("p");
        }
    }
}

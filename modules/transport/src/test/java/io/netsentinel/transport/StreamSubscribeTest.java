package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.Role;
import io.netsentinel.events.Filter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamSubscribeTest {
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

    private static List<Integer> offsets(List<JsonNode> events) {
        return events.stream().map(event -> event.path("offset").asInt()).toList();
    }

    @Test
    void anEventComesWithItsOffsetItsPredecessorAndTheDataAsItWasGiven() {
        JsonNode subscribed = client.ask("subscribe", "'channel':'network'");
        assertThat(subscribed.path("type").asText()).isEqualTo("subscribed");
        assertThat(subscribed.path("sub").asText()).isEqualTo("network");
        assertThat(subscribed.path("start").asLong()).isZero();
        assertThat(subscribed.path("tail").asLong()).isZero();
        assertThat(subscribed.path("epoch").asText()).hasSize(8);
        assertThat(subscribed.has("recovered")).isFalse();
        at.publish("network", "{\"a\":1}");
        JsonNode event = client.await("event");
        assertThat(event.path("channel").asText()).isEqualTo("network");
        assertThat(event.path("offset").asLong()).isEqualTo(1);
        assertThat(event.path("prev").asLong()).isZero();
        assertThat(event.path("time").asLong()).isPositive();
        assertThat(event.path("data").toString()).isEqualTo("{\"a\":1}");
        assertThat(event.has("sub")).isFalse();
    }

    @Test
    void itBeginsWhereTheClientSays() {
        long[] offsets = at.publish("network", "{}", 10);
        String epoch = at.hub.channel("network").orElseThrow().epoch();
        long time = at.log.read("network", 9, 1, 1_000).join().records().getFirst().time();
        JsonNode resumed =
                client.ask(
                        "subscribe",
                        "'channel':'network','sub':'a','offset':7,'epoch':'" + epoch + "'");
        assertThat(resumed.path("recovered").asBoolean()).isTrue();
        assertThat(offsets(client.events(3))).containsExactly(8, 9, 10);
        client.ask("subscribe", "'channel':'network','sub':'b','last':2");
        assertThat(offsets(client.events(2))).containsExactly(9, 10);
        client.ask(
                "subscribe",
                "'channel':'network','sub':'c','since':'" + Instant.ofEpochMilli(time) + "'");
        assertThat(offsets(client.events(1)).getFirst()).isBetween(1, 10);
        client.ask("subscribe", "'channel':'network','sub':'d','since':'-1h'");
        assertThat(client.await(e -> e.path("sub").asText().equals("d")).path("offset").asInt())
                .isEqualTo((int) offsets[0]);
    }

    @Test
    void aPositionThatCannotBeFollowedIsSaidToBe() {
        at.publish("network", "{}", 3);
        JsonNode other =
                client.ask("subscribe", "'channel':'network','offset':2,'epoch':'zzzzzzzz'");
        assertThat(other.path("recovered").asBoolean(true)).isFalse();
        assertThat(other.path("reason").asText()).isEqualTo("epoch");
        assertThat(other.path("start").asLong()).isZero();
        assertThat(offsets(client.events(3))).containsExactly(1, 2, 3);
        JsonNode above = client.ask("subscribe", "'channel':'network','sub':'x','offset':99");
        assertThat(above.path("reason").asText()).isEqualTo("epoch");
    }

    @Test
    void aNameMakesSeveralSubscriptionsOfOneChannelPossible() {
        client.ask("subscribe", "'channel':'network','sub':'one','filter':'n > 1'");
        client.ask("subscribe", "'channel':'network','sub':'two'");
        at.publish("network", "{\"n\":1}");
        at.publish("network", "{\"n\":2}");
        List<JsonNode> events = client.events(3);
        assertThat(events)
                .extracting(e -> e.path("sub").asText() + e.path("offset").asText())
                .containsExactlyInAnyOrder("two1", "two2", "one2");
    }

    @Test
    void afterUnsubscribingNothingMoreComes() {
        client.ask("subscribe", "'channel':'network'");
        assertThat(client.ask("unsubscribe", "'sub':'network'").path("sub").asText())
                .isEqualTo("network");
        at.publish("network", "{}");
        assertThat(client.refused("unsubscribe", "'sub':'network'")).isEqualTo(107);
        assertThat(client.ask("subscribe", "'channel':'network'").path("start").asLong())
                .isEqualTo(1);
        assertThat(at.hub.channel("network").orElseThrow().subscribers()).isEqualTo(1);
    }

    @Test
    void aPatternFollowsEveryChannelItMeansAndThoseThatAreBornLater() {
        at.hub.ensure("lab.one");
        at.hub.ensure("lab.two");
        at.publish("lab.one", "{}");
        int id = client.send("subscribe", "'channel':'lab.*'");
        JsonNode first = client.await(m -> m.path("id").asInt() == id);
        JsonNode second = client.await(m -> m.path("id").asInt() == id);
        assertThat(List.of(first.path("channel").asText(), second.path("channel").asText()))
                .containsExactly("lab.one", "lab.two");
        assertThat(first.path("channels").asInt()).isEqualTo(2);
        assertThat(first.path("sub").asText()).isEqualTo("lab.*");
        at.publish("lab.two", "{}");
        JsonNode event = client.await("event");
        assertThat(event.path("sub").asText()).isEqualTo("lab.*");
        assertThat(event.path("channel").asText()).isEqualTo("lab.two");
        at.hub.ensure("lab.three");
        at.publish("lab.three", "{\"born\":true}");
        assertThat(client.await("subscribed").path("channel").asText()).isEqualTo("lab.three");
        assertThat(client.await("event").path("data").path("born").asBoolean()).isTrue();
        client.ask("unsubscribe", "'sub':'lab.*'");
        assertThat(at.hub.statistics().subscriptions()).isZero();
    }

    @Test
    void aPatternGoesOnFromItsPositions() {
        at.hub.ensure("lab.one");
        at.hub.ensure("lab.new");
        at.publish("lab.one", "{}", 3);
        at.publish("lab.new", "{}", 2);
        String epoch = at.hub.channel("lab.one").orElseThrow().epoch();
        client.send(
                "subscribe",
                "'channel':'lab.*','positions':{'lab.one':[2,'"
                        + epoch
                        + "'],'audit':[5,'aaaaaaaa']}");
        JsonNode denied = client.await(m -> m.path("channel").asText().equals("audit"));
        assertThat(denied.path("recovered").asBoolean(true)).isFalse();
        assertThat(denied.path("reason").asText()).isEqualTo("denied");
        client.send("subscribe", "'channel':'system'");
        assertThat(client.events(3))
                .extracting(e -> e.path("channel").asText() + e.path("offset").asText())
                .containsExactlyInAnyOrder("lab.one3", "lab.new1", "lab.new2");
    }

    @Test
    void aPatternThatMeansNothingYetIsAnsweredAndNeverIncludesWhatIsNotPermitted() {
        JsonNode none = client.ask("subscribe", "'channel':'nothing.*'");
        assertThat(none.path("channels").asInt(-1)).isZero();
        client.send("subscribe", "'channel':'**'");
        JsonNode first = client.await("subscribed");
        int channels = first.path("channels").asInt();
        assertThat(channels).isEqualTo(at.hub.channels().size() - 1);
        for (int i = 1; i < channels; i++) {
            assertThat(client.await("subscribed").path("channel").asText()).isNotEqualTo("audit");
        }
    }

    @Test
    void unknownChannelsAreRefusedButCreatedForAnAdministrator() {
        assertThat(client.refused("subscribe", "'channel':'lab'")).isEqualTo(102);
        try (StreamClient admin = at.as(Role.ADMIN)) {
            assertThat(admin.ask("subscribe", "'channel':'lab'").path("type").asText())
                    .isEqualTo("subscribed");
            assertThat(admin.refused("subscribe", "'channel':'stats'")).isEqualTo(107);
        }
        assertThat(client.ask("subscribe", "'channel':'lab'").path("type").asText())
                .isEqualTo("subscribed");
    }

    @Test
    void whatIsNotPermittedIsRefused() {
        assertThat(client.refused("subscribe", "'channel':'audit'")).isEqualTo(103);
        try (StreamClient narrow = at.as(Role.VIEWER, "alerts", "lab.*");
                StreamClient sensor = at.as(Role.SENSOR)) {
            assertThat(narrow.refused("subscribe", "'channel':'network'")).isEqualTo(103);
            assertThat(narrow.ask("subscribe", "'channel':'alerts'").path("type").asText())
                    .isEqualTo("subscribed");
            assertThat(sensor.refused("subscribe", "'channel':'alerts'")).isEqualTo(103);
        }
    }

    @Test
    void badFieldsAreNamed() {
        Map<String, Integer> codes =
                Map.ofEntries(
                        Map.entry("", 107),
                        Map.entry("'channel':7", 107),
                        Map.entry("'channel':'Alerts'", 107),
                        Map.entry("'channel':'alerts','sub':'Ä'", 107),
                        Map.entry("'channel':'alerts','offset':-1", 107),
                        Map.entry("'channel':'alerts','offset':1.5", 107),
                        Map.entry("'channel':'alerts','offset':1,'last':1", 107),
                        Map.entry("'channel':'alerts','epoch':'x'", 107),
                        Map.entry("'channel':'alerts','last':0", 107),
                        Map.entry("'channel':'alerts','since':'yesterday'", 107),
                        Map.entry("'channel':'lab.*','offset':1", 107),
                        Map.entry("'channel':'alerts','positions':{'a':[1,'x']}", 107),
                        Map.entry("'channel':'lab.*','positions':{'a':1}", 107),
                        Map.entry("'channel':'alerts','format':'html:nothing'", 107),
                        Map.entry("'channel':'alerts','fliter':'x'", 107),
                        Map.entry("'channel':'alerts','data':{}", 107),
                        Map.entry("'channel':'alerts','filter':'severity >='", 120),
                        Map.entry("'channel':'alerts','fields':'a'", 107),
                        Map.entry("'channel':'alerts','fields':[]", 107),
                        Map.entry("'channel':'alerts','fields':[1]", 107),
                        Map.entry("'channel':'alerts','fields':['a..b']", 107),
                        Map.entry("'channel':'alerts','rate':0", 107),
                        Map.entry("'channel':'alerts','rate':-1", 107),
                        Map.entry("'channel':'alerts','rate':10001", 107),
                        Map.entry("'channel':'alerts','rate':'1'", 107),
                        Map.entry("'channel':'alerts','durable':'d'", 108));
        codes.forEach((members, code) ->
                assertThat(client.refused("subscribe", members)).as(members).isEqualTo(code));
        JsonNode error = client.ask("subscribe", "'channel':'alerts','filter':'severity >='");
        assertThat(error.path("field").asText()).isEqualTo("filter");
        assertThat(error.path("message").asText()).contains("column");
        assertThat(client.ask("subscribe", "'channel':'alerts'").path("type").asText())
                .isEqualTo("subscribed");
    }

    @Test
    void oneNameIsOneSubscription() {
        client.ask("subscribe", "'channel':'network'");
        assertThat(client.refused("subscribe", "'channel':'network'")).isEqualTo(105);
        assertThat(client.refused("subscribe", "'channel':'alerts','sub':'network'"))
                .isEqualTo(105);
    }

    @Test
    void aRoleSeesOnlyItsRows() {
        close();
        AuthSettings settings =
                StreamFixture.Options.defaults()
                        .auth()
                        .withRows(Map.of(Role.VIEWER, Filter.parse("source.ip in 10.1.0.0/16")));
        at = new StreamFixture(directory, StreamFixture.Options.defaults().with(settings));
        client = at.as(Role.VIEWER);
        client.ask("subscribe", "'channel':'network'");
        at.publish("network", "{\"source\":{\"ip\":\"10.2.0.1\"},\"n\":1}");
        at.publish("network", "{\"not an event\":true}");
        at.publish("network", "{\"source\":{\"ip\":\"10.1.0.1\"},\"n\":2}");
        assertThat(client.await("event").path("data").path("n").asInt()).isEqualTo(2);
        assertThat(client.ask("history", "'channel':'network'").path("events").size()).isEqualTo(1);
        client.send("subscribe", "'channel':'*','sub':'all','since':'-1h'");
        assertThat(client.await("event").path("data").path("n").asInt()).isEqualTo(2);
    }
}

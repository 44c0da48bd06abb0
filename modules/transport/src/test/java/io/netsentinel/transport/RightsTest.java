package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.auth.ChannelGrant;
import io.netsentinel.auth.Rights;
import io.netsentinel.auth.Role;
import io.netsentinel.auth.RowFilter;
import io.netsentinel.auth.SignIn;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody may see and do, at every door of the protocol.
final class RightsTest {
    @TempDir Path directory;
    private StreamFixture at;

    @BeforeEach
    void open() {
        Rights viewers = Rights.of(grants("network", "lab.*", "audit"), rows("10.0.0.0/8"));
        at =
                new StreamFixture(
                        directory,
                        StreamFixture.Options.defaults()
                                .with(
                                        StreamFixture.Options.defaults()
                                                .auth()
                                                .withRights(Map.of(Role.VIEWER, viewers))));
    }

    @AfterEach
    void close() {
        at.close();
    }

    @Test
    void nothingHiddenComesThroughAnyDoor() {
        at.hub.ensure("lab.one");
        for (int i = 1; i <= 20; i++) {
            publishBoth("network", i);
            publishBoth("lab.one", i);
        }
        String who = token(Role.VIEWER, rows("10.1.0.0/16"));
        List<JsonNode> seen = new ArrayList<>();
        try (StreamClient one = connect(who);
                StreamClient other = connect(who);
                StreamClient path =
                        at.connect("/ws/network?last=3", "Authorization", "Bearer " + who)) {
            one.send("subscribe", "'channel':'network','sub':'all','offset':0");
            one.send("subscribe", "'channel':'network','sub':'last','last':5");
            one.send("subscribe", "'channel':'network','sub':'since','since':'-1h'");
            one.send(
                    "subscribe",
                    "'channel':'network','sub':'own','offset':0,'filter':'hidden=true'");
            one.send("subscribe", "'channel':'**','sub':'pattern','positions':{}");
            seen.addAll(one.events(20 + 5 + 20 + 20 + 20));
            other.ask("subscribe", "'channel':'network'");
            other.ask("subscribe", "'channel':'lab.*'");
            seen.addAll(path.events(3));
            publishBoth("network", 21);
            publishBoth("lab.one", 21);
            seen.addAll(one.events(5));
            seen.addAll(other.events(2));
            seen.addAll(path.events(1));
            for (String members :
                    List.of(
                            "'channel':'network'",
                            "'channel':'network','reverse':true",
                            "'channel':'network','filter':'hidden = true or n > 0'",
                            "'channel':'network','filter':'not source.ip in 10.1.0.0/16'")) {
                one.ask("history", members).path("events").forEach(seen::add);
            }
            assertThat(one.quiet()).isTrue();
        }
        assertThat(seen).hasSizeGreaterThan(100);
        assertThat(seen)
                .allSatisfy(event ->
                        assertThat(event.path("data").path("source").path("ip").asText())
                                .as("%s", event)
                                .startsWith("10.1."));
        assertThat(seen.toString()).doesNotContain("hidden");
    }

    @Test
    void twoWithDifferentRowsShareNoBytes() {
        try (StreamClient one = connect(token(Role.VIEWER, rows("10.1.0.0/16")));
                StreamClient same = connect(token(Role.VIEWER, rows("10.1.0.0/16")));
                StreamClient other = connect(token(Role.VIEWER, rows("10.2.0.0/16")))) {
            for (StreamClient client : List.of(one, same, other)) {
                client.ask("subscribe", "'channel':'network'");
            }
            publishBoth("network", 1);
            assertThat(one.events(1).toString()).contains("10.1.0.1");
            assertThat(same.events(1).toString()).contains("10.1.0.1");
            assertThat(other.events(1).toString()).contains("10.2.0.1");
            assertThat(Stream.of(one, same, other)).allMatch(StreamClient::quiet);
        }
    }

    @Test
    void eachUseOfAChannelIsPermittedOnItsOwn() {
        at.publish("network", "{}", 3);
        try (StreamClient live = connect(token(Role.ADMIN, "network:subscribe"));
                StreamClient past = connect(token(Role.ADMIN, "network:history"));
                StreamClient pen = connect(token(Role.ADMIN, "network:publish"))) {
            assertThat(can(live)).isEqualTo("[\"subscribe\"]");
            assertThat(can(past)).isEqualTo("[\"history\"]");
            assertThat(can(pen)).isEqualTo("[\"publish\"]");
            assertThat(type(live, "subscribe", "'channel':'network'")).isEqualTo("subscribed");
            denied(live, "subscribe", "'channel':'network','sub':'a','offset':1");
            denied(live, "subscribe", "'channel':'network','sub':'b','last':1");
            denied(live, "subscribe", "'channel':'network','sub':'c','since':'-1h'");
            denied(live, "history", "'channel':'network'");
            denied(live, "publish", "'channel':'network','data':{}");
            assertThat(type(past, "history", "'channel':'network'")).isEqualTo("history");
            denied(past, "subscribe", "'channel':'network'");
            denied(past, "publish", "'channel':'network','data':{}");
            assertThat(type(pen, "publish", "'channel':'network','data':{}"))
                    .isEqualTo("published");
            denied(pen, "subscribe", "'channel':'network'");
            denied(pen, "history", "'channel':'network'");
            assertThat(live.events(1)).hasSize(1);
        }
    }

    @Test
    void aPatternHoldsOnlyWhatIsPermittedAlsoWhatIsBornLater() {
        at.hub.ensure("lab.one");
        at.hub.ensure("lab.two");
        try (StreamClient client =
                connect(token(Role.ADMIN, "lab.one", "lab.two:history", "lab.new:subscribe"))) {
            JsonNode subscribed = client.ask("subscribe", "'channel':'**'");
            assertThat(subscribed.path("channel").asText()).isEqualTo("lab.one");
            assertThat(subscribed.path("channels").asInt()).isEqualTo(1);
            at.hub.ensure("lab.other");
            at.hub.ensure("lab.new");
            assertThat(client.await("subscribed").path("channel").asText()).isEqualTo("lab.new");
            at.publish("lab.two", "{}");
            at.publish("lab.other", "{}");
            at.publish("audit", "{}");
            at.publish("lab.new", "{}");
            assertThat(client.events(1).getFirst().path("channel").asText()).isEqualTo("lab.new");
            assertThat(client.quiet()).isTrue();
        }
    }

    @Test
    void aRoleIsNarrowedByConfiguration() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            denied(client, "subscribe", "'channel':'alerts'");
            denied(client, "subscribe", "'channel':'audit'");
            denied(client, "history", "'channel':'system'");
            assertThat(type(client, "subscribe", "'channel':'network'")).isEqualTo("subscribed");
            assertThat(client.ask("connect", "").path("channels").findValuesAsText("name"))
                    .containsExactly("network");
        }
        assertThat(at.http().get("/ws/channels", "Authorization: Bearer " + at.token(Role.VIEWER)))
                .satisfies(reply -> assertThat(reply.body()).doesNotContain("\"alerts\""));
    }

    @Test
    void aNewRoleClosesTheUsersSocketsWith4014WithinASecond() {
        at.auth.users().add("ada", Role.ANALYST, "a long walk in the rain");
        SignIn.Granted ada =
                (SignIn.Granted)
                        at.auth.signIn(
                                "ada", "a long walk in the rain", InetAddress.getLoopbackAddress());
        try (StreamClient client = connect(ada.token());
                StreamClient other = at.as(Role.ANALYST)) {
            client.ask("subscribe", "'channel':'alerts'");
            long start = System.nanoTime();
            at.auth.users().setRole("ada", Role.VIEWER);
            assertThat(client.closedWith()).isEqualTo(CloseCode.ACCESS_CHANGED);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(type(other, "subscribe", "'channel':'alerts'")).isEqualTo("subscribed");
        }
        try (StreamClient back = connect(ada.token())) {
            denied(back, "subscribe", "'channel':'alerts'");
        }
    }

    @Test
    void aRefreshedTokenWithOtherRowsCloses4014() {
        String wide = token(Role.VIEWER, rows("10.0.0.0/8"));
        try (StreamClient client = connect(wide)) {
            client.ask("subscribe", "'channel':'network'");
            client.send("refresh", "'token':'" + token(Role.VIEWER, rows("10.1.0.0/16")) + "'");
            assertThat(client.closedWith()).isEqualTo(CloseCode.ACCESS_CHANGED);
        }
    }

    private void publishBoth(String channel, int n) {
        at.publish(channel, "{\"source\":{\"ip\":\"10.1.0.%d\"},\"n\":%d}".formatted(n, n));
        at.publish(
                channel,
                "{\"source\":{\"ip\":\"10.2.0.%d\"},\"n\":%d,\"hidden\":true}".formatted(n, n));
    }

    private StreamClient connect(String token) {
        return at.connect("/ws", "Authorization", "Bearer " + token);
    }

    private String token(Role role, String... channels) {
        return token(role, Rights.of(grants(channels), Optional.empty()));
    }

    private String token(Role role, Optional<io.netsentinel.events.Filter> rows) {
        return token(role, Rights.of(List.of(), rows));
    }

    private String token(Role role, Rights rights) {
        return at.auth.tokens().issue("desk", role, rights, Duration.ofHours(1)).jwt();
    }

    private static List<ChannelGrant> grants(String... texts) {
        return Stream.of(texts).map(ChannelGrant::parse).toList();
    }

    private static Optional<io.netsentinel.events.Filter> rows(String network) {
        return Optional.of(RowFilter.parse("source.ip in " + network));
    }

    private static String can(StreamClient client) {
        JsonNode channels = client.ask("connect", "").path("channels");
        assertThat(channels).hasSize(1);
        return channels.get(0).path("can").toString();
    }

    private static String type(StreamClient client, String command, String members) {
        return client.ask(command, members).path("type").asText();
    }

    private static void denied(StreamClient client, String command, String members) {
        assertThat(client.refused(command, members))
                .as("%s %s", command, members)
                .isEqualTo(ErrorCode.PERMISSION_DENIED.number());
    }
}

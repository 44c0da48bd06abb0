package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.auth.Role;
import io.netsentinel.queuing.InboxSettings;
import io.netsentinel.queuing.Inboxes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectMessageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

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

    private StreamClient desk() {
        StreamClient client = at.as(Role.VIEWER);
        client.ask("connect", "'client':'desk-1'");
        return client;
    }

    private Raw.Reply post(String path, String body) {
        return at.http()
                .post(
                        path,
                        body.replace('\'', '"'),
                        "Authorization: Bearer " + at.token(Role.ADMIN));
    }

    private JsonNode posted(int status, String path, String body) {
        Raw.Reply reply = post(path, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        try {
            return JSON.readTree(reply.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(reply.body(), e);
        }
    }

    private JsonNode queued(String body) {
        JsonNode answer = posted(202, "/ws/notify/desk-1", body);
        assertThat(answer.path("state").asText()).isEqualTo("queued");
        return answer;
    }

    private static String text(JsonNode message) {
        return message.path("data").path("m").asText();
    }

    private static List<String> texts(StreamClient client, int count) {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            texts.add(text(client.await("message")));
        }
        return texts;
    }

    @Test
    void aMessageReachesAClientThatIsConnected() {
        try (StreamClient client = desk()) {
            JsonNode answer =
                    posted(
                            200,
                            "/ws/notify/desk-1",
                            "{'data':{'m':'hello','x':100000000000000000001},'priority':2}");
            assertThat(answer.path("state").asText()).isEqualTo("delivered");
            assertThat(answer.path("user").asText()).isEqualTo("the-viewer");
            JsonNode message = client.await("message");
            assertThat(message.path("seq")).isEqualTo(answer.path("seq"));
            assertThat(message.path("prev").asLong()).isZero();
            assertThat(message.path("priority").asInt()).isEqualTo(2);
            assertThat(message.path("ttl").asLong()).isBetween(600_000L, 604_800L);
            assertThat(message.path("data").toString())
                    .isEqualTo("{\"m\":\"hello\",\"x\":100000000000000000001}");
            assertThat(message.has("expired")).isFalse();
        }
    }

    @Test
    void aClientThatIsAwayGetsItsMessagesByPriorityAlsoAfterARestart() {
        desk().close();
        queued("{'data':{'m':'a'}}");
        queued("{'data':{'m':'b'},'priority':0}");
        queued("{'data':{'m':'c'},'priority':3}");
        queued("{'data':{'m':'d'}}");
        close();
        open();
        try (StreamClient client = desk()) {
            assertThat(texts(client, 4)).containsExactly("c", "a", "d", "b");
        }
    }

    @Test
    void whatIsAcknowledgedDoesNotComeAgain() {
        desk().close();
        queued("{'data':{'m':'a'},'priority':3}");
        queued("{'data':{'m':'b'},'priority':2}");
        queued("{'data':{'m':'c'}}");
        try (StreamClient client = desk()) {
            client.await("message");
            long second = client.await("message").path("seq").asLong();
            long third = client.await("message").path("seq").asLong();
            assertThat(client.refused("ack", "'channel':'inbox','offset':" + (third + 1)))
                    .isEqualTo(107);
            client.send("ack", "'channel':'inbox','offset':" + second);
            client.ask("history", "'channel':'network'");
        }
        try (StreamClient client = desk()) {
            assertThat(texts(client, 1)).containsExactly("c");
            queued("{'data':{'m':'d'},'user':'the-admin'}");
            posted(200, "/ws/notify/desk-1", "{'data':{'m':'e'},'user':'the-viewer'}");
            assertThat(texts(client, 1)).as("another user's has the same id").containsExactly("e");
        }
        try (StreamClient nobody = at.connect("/ws")) {
            assertThat(nobody.refused("ack", "'channel':'inbox','offset':1")).isEqualTo(101);
        }
    }

    @Test
    void whatExpiredIsCounted() {
        desk().close();
        queued("{'data':{'m':'a'},'ttl':5}");
        queued("{'data':{'m':'b'},'ttl':60}");
        at.clock.forward(Duration.ofSeconds(6));
        try (StreamClient client = desk()) {
            JsonNode message = client.await("message");
            assertThat(text(message)).isEqualTo("b");
            assertThat(message.path("expired").asInt()).isEqualTo(1);
        }
    }

    @Test
    void eventsKeepComingWhileMessagesAreNotAcknowledged() {
        desk().close();
        Inboxes inboxes = at.server.connections().orElseThrow().queues().inboxes();
        byte[] data = {'{', '}'};
        for (int i = 0; i < 66; i++) {
            var _ = inboxes.send("the-viewer", "desk-1", data, 1, Optional.empty());
        }
        at.log.store().flush();
        try (StreamClient client = desk()) {
            long last = 0;
            for (int i = 0; i < 64; i++) {
                last = client.await("message").path("seq").asLong();
            }
            client.ask("subscribe", "'channel':'network'");
            at.publish("network", "{}");
            assertThat(client.next().path("type").asText()).isEqualTo("event");
            client.send("ack", "'channel':'inbox','offset':" + last);
            assertThat(client.await("message").path("prev").asLong()).isEqualTo(last);
            client.await("message");
        }
    }

    @Test
    void aConnectionIsReachedByItsIdAsLongAsItLasts() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            String id = client.ask("connect", "").path("session").asText();
            assertThat(posted(200, "/ws/notify/" + id, "{'data':{'m':'a'}}").path("client"))
                    .hasToString("\"" + id + "\"");
            assertThat(texts(client, 1)).containsExactly("a");
        }
    }

    @Test
    void whoIsMeantMustBeClear() {
        desk().close();
        try (StreamClient other = at.as(Role.ANALYST)) {
            other.ask("connect", "'client':'desk-1'");
            JsonNode problem = posted(409, "/ws/notify/desk-1", "{'data':{}}");
            assertThat(problem.path("detail").asText()).contains("the-analyst, the-viewer");
            posted(200, "/ws/notify/desk-1", "{'data':{},'user':'the-analyst'}");
        }
        assertThat(posted(202, "/ws/notify/never-seen", "{'data':{}}").path("user").asText())
                .isEqualTo("the-admin");
    }

    @Test
    void whatIsWrongWithAMessageIsSaid() {
        Map<String, Integer> wrong =
                Map.of(
                        "{}",
                        400,
                        "{'data':1}",
                        400,
                        "{'data':{},'priority':4}",
                        400,
                        "{'data':{},'ttl':0}",
                        400,
                        "{'data':{},'more':1}",
                        400,
                        "{'data':{}}x",
                        400,
                        "[]",
                        400,
                        "{'data':{'m':'" + "x".repeat(66_000) + "'}}",
                        413,
                        "{'data':{},'user':''}",
                        400);
        wrong.forEach((body, status) -> {
            Raw.Reply reply = post("/ws/notify/desk-1", body);
            assertThat(reply.status()).as(body).isEqualTo(status);
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        });
        assertThat(post("/ws/notify/a%20b", "{'data':{}}").status()).isEqualTo(400);
        String viewer = "Authorization: Bearer " + at.token(Role.ANALYST);
        for (String path :
                List.of(
                        "/ws/notify/desk-1",
                        "/ws/broadcast",
                        "/ws/channels/alerts/subscribe",
                        "/ws/channels/alerts/unsubscribe")) {
            assertThat(at.http().post(path, "{}", viewer).status()).as(path).isEqualTo(403);
            assertThat(at.http().post(path, "{}").status()).as(path).isEqualTo(401);
        }
    }

    @Test
    void aFullQueueIsNoPlaceForMore() {
        close();
        at =
                new StreamFixture(
                        directory,
                        QueueSettings.defaults()
                                .with(InboxSettings.defaults().withMessagesPerClient(1)));
        desk().close();
        queued("{'data':{}}");
        Raw.Reply full = post("/ws/notify/desk-1", "{'data':{}}");
        assertThat(full.status()).isEqualTo(503);
        assertThat(full.body()).contains("\"code\":123").contains("queue full");
        assertThat(full.header("Retry-After")).isEqualTo("10");
    }

    @Test
    void aBroadcastIsAnEventForAll() {
        try (StreamClient client = at.as(Role.VIEWER)) {
            client.ask("subscribe", "'channel':'system'");
            JsonNode answer = posted(200, "/ws/broadcast", "{'data':{'m':'all'},'priority':3}");
            assertThat(answer.path("channel").asText()).isEqualTo("system");
            JsonNode event = client.await("event");
            assertThat(event.path("offset")).isEqualTo(answer.path("offset"));
            assertThat(event.path("priority").asInt()).isEqualTo(3);
            assertThat(text(event)).isEqualTo("all");
        }
        assertThat(posted(200, "/ws/broadcast", "{'channel':'lab','data':{}}").path("offset"))
                .hasToString("1");
        assertThat(posted(403, "/ws/broadcast", "{'channel':'audit','data':{}}").path("code"))
                .hasToString("103");
        assertThat(posted(400, "/ws/broadcast", "{'channel':'inbox','data':{}}").path("code"))
                .hasToString("107");
        posted(400, "/ws/broadcast", "{'channel':'lab'}");
    }

    @Test
    void anAdministratorSubscribesAClientToWhatItMayRead() {
        posted(404, "/ws/channels/network/subscribe", "{'client_id':'desk-1'}");
        try (StreamClient client = desk()) {
            String path = "/ws/channels/network/";
            JsonNode done =
                    posted(200, path + "subscribe", "{'client_id':'desk-1','filter':'n = 2'}");
            assertThat(done.path("subscribed")).hasSize(1);
            assertThat(client.await("subscribed").path("channel").asText()).isEqualTo("network");
            at.publish("network", "{\"n\":1}");
            at.publish("network", "{\"n\":2}");
            assertThat(client.await("event").path("offset").asLong()).isEqualTo(2);
            assertThat(posted(200, path + "subscribe", "{'client_id':'desk-1'}").path("already"))
                    .hasSize(1);
            assertThat(
                            posted(403, "/ws/channels/audit/subscribe", "{'client_id':'desk-1'}")
                                    .path("code"))
                    .as("the client's permission counts")
                    .hasToString("103");
            posted(400, path + "subscribe", "{'client_id':'desk-1','fliter':'x'}");
            posted(200, path + "unsubscribe", "{'client_id':'desk-1'}");
            assertThat(client.await("unsubscribed").path("sub").asText()).isEqualTo("network");
            posted(404, path + "unsubscribe", "{'client_id':'desk-1'}");
        }
    }
}

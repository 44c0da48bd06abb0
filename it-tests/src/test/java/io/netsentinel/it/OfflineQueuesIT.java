package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is kept for clients while they are away: through `kill -9`, a takeover, and an
/// administrator's hands.
final class OfflineQueuesIT {
    private static final String DURABLE =
            "{\"type\":\"subscribe\",\"id\":1,\"channel\":\"lab\",\"durable\":\"desk-1\"}";

    @TempDir private Path folder;
    private ServerProcess server;
    private HttpApi api;

    @BeforeEach
    void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        server = ServerProcess.serve(data, 0);
        api = HttpApi.admin(server, data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void killAndRestart() {
        server.kill();
        server = ServerProcess.serve(folder.resolve("data"), server.port());
    }

    private JsonNode post(String path, String body) {
        HttpResponse<String> answer = api.post(path, "application/json", body.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
        return HttpApi.parse(answer.body());
    }

    private void broadcast(int from, int to) {
        for (int i = from; i <= to; i++) {
            post("/ws/broadcast", "{'channel':'lab','data':{'n':" + i + "}}");
        }
    }

    private JsonNode queues() {
        return HttpApi.json(api.get("/api/queues"));
    }

    private Subscriber durable() {
        Subscriber subscriber = Subscriber.open(api, "/ws");
        subscriber.send(DURABLE);
        return subscriber;
    }

    private static List<Integer> numbers(Subscriber subscriber, int count) {
        List<Integer> numbers = new ArrayList<>();
        subscriber.events(count).forEach(event -> numbers.add(event.at("/data/n").asInt()));
        return numbers;
    }

    private static void acknowledge(Subscriber subscriber, long offset) {
        subscriber.send("{\"type\":\"ack\",\"sub\":\"lab\",\"offset\":" + offset + "}");
    }

    private long stored() {
        return queues().at("/counters/cursors/stored").asLong();
    }

    @Test
    void aDurableSubscriptionGoesOnAfterAKillAndANewerConnectionTakesItOver() {
        try (Subscriber one = durable()) {
            assertThat(one.next("subscribed").path("durable").asText()).isEqualTo("desk-1");
            broadcast(1, 6);
            assertThat(numbers(one, 6)).containsExactly(1, 2, 3, 4, 5, 6);
            long before = stored();
            acknowledge(one, 4);
            Await.until("the place is stored", () -> stored() > before);
        }
        killAndRestart();
        broadcast(7, 7);
        JsonNode cursor = queues().path("cursors").get(0);
        assertThat(cursor.path("lag").asLong()).isEqualTo(3);
        assertThat(cursor.path("held").asBoolean()).isFalse();
        try (Subscriber older = durable()) {
            JsonNode subscribed = older.next("subscribed");
            assertThat(subscribed.path("recovered").asBoolean()).isTrue();
            assertThat(subscribed.path("start").asLong()).isEqualTo(4);
            assertThat(numbers(older, 3)).containsExactly(5, 6, 7);
            acknowledge(older, 5);
            Await.until(
                    "the acknowledgement is taken",
                    () -> queues().at("/cursors/0/lag").asLong() == 2);
            try (Subscriber newer = durable()) {
                assertThat(older.next("disconnect").path("code").asInt()).isEqualTo(4011);
                assertThat(older.closeCode()).isEqualTo(4011);
                assertThat(numbers(newer, 2)).containsExactly(6, 7);
            }
        }
    }

    @Test
    void directMessagesSurviveAKillInTheirOrderUntilTheyAreAcknowledgedOrOver() {
        phone().close();
        Instant expires = Instant.parse(notify("gone", 3, 1).path("expires").asText());
        notify("usual", 1, 60);
        notify("low", 0, 60);
        notify("urgent", 3, 60);
        killAndRestart();
        Await.until("the first message is over", () -> Instant.now().isAfter(expires));
        try (Subscriber phone = phone()) {
            JsonNode urgent = phone.next("message");
            assertThat(urgent.at("/data/m").asText()).isEqualTo("urgent");
            assertThat(urgent.path("expired").asInt()).isEqualTo(1);
            JsonNode usual = phone.next("message");
            assertThat(usual.at("/data/m").asText()).isEqualTo("usual");
            assertThat(usual.path("prev")).isEqualTo(urgent.path("seq"));
            phone.send(
                    "{\"type\":\"ack\",\"channel\":\"inbox\",\"offset\":"
                            + usual.path("seq")
                            + "}");
            Await.until(
                    "two are acknowledged",
                    () -> queues().at("/counters/messages/acknowledged").asInt() == 2);
        }
        // The store commits in the order asked: with this one, the acknowledgement is on the disk.
        notify("tablet", "elsewhere", 1, 60);
        killAndRestart();
        try (Subscriber phone = phone()) {
            assertThat(phone.next("message").at("/data/m").asText()).isEqualTo("low");
        }
        checkPurge();
    }

    private void checkPurge() {
        assertThat(queues().at("/inboxes/0/pending").asInt()).isEqualTo(1);
        HttpResponse<String> purged =
                HttpApi.send(api.request("/api/queues?user=admin&client=phone").DELETE().build());
        assertThat(HttpApi.json(purged).path("messages").asInt()).isEqualTo(1);
        notify("after", 1, 60);
        try (Subscriber phone = phone()) {
            JsonNode message = phone.next("message");
            assertThat(message.at("/data/m").asText()).isEqualTo("after");
            assertThat(message.path("expired").asInt()).isEqualTo(1);
        }
    }

    private Subscriber phone() {
        Subscriber phone = Subscriber.open(api, "/ws");
        phone.send("{\"type\":\"connect\",\"id\":1,\"client\":\"phone\"}");
        phone.next("connected");
        return phone;
    }

    private JsonNode notify(String text, int priority, int ttl) {
        return notify("phone", text, priority, ttl);
    }

    private JsonNode notify(String client, String text, int priority, int ttl) {
        JsonNode answer =
                post(
                        "/ws/notify/" + client,
                        "{'data':{'m':'%s'},'priority':%d,'ttl':%d}"
                                .formatted(text, priority, ttl));
        assertThat(answer.path("state").asText()).isEqualTo("queued");
        return answer;
    }
}

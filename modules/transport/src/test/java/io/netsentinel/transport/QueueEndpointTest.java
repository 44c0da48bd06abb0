package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.auth.Role;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueueEndpointTest {
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

    private Raw.Reply request(String method, String query, Role role) {
        return at.http()
                .send(method, "/api/queues" + query, "", "Authorization: Bearer " + at.token(role));
    }

    private JsonNode ok(String method, String query) {
        Raw.Reply reply = request(method, query, Role.ADMIN);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        try {
            return new ObjectMapper().readTree(reply.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(reply.body(), e);
        }
    }

    private void message(String client) {
        Raw.Reply reply =
                at.http()
                        .post(
                                "/ws/notify/" + client,
                                "{\"data\":{},\"user\":\"the-viewer\",\"priority\":2}",
                                "Authorization: Bearer " + at.token(Role.ADMIN));
        assertThat(reply.status()).isEqualTo(202);
    }

    private StreamClient durable(String... names) {
        StreamClient client = at.as(Role.VIEWER);
        for (String name : names) {
            JsonNode answer =
                    client.ask(
                            "subscribe",
                            "'channel':'network','sub':'%s','durable':'%s'".formatted(name, name));
            assertThat(answer.path("type").asText()).isEqualTo("subscribed");
        }
        return client;
    }

    @Test
    void everythingKeptIsListed() {
        try (StreamClient _ = durable("desk")) {
            JsonNode held = ok("GET", "").path("cursors").get(0);
            assertThat(held.path("held").asBoolean()).isTrue();
            assertThat(held.path("lag").asLong()).isZero();
            assertThat(held.has("oldest")).isFalse();
        }
        at.publish("network", "{}", 3);
        message("phone");
        JsonNode all = ok("GET", "");
        JsonNode cursor = all.path("cursors").get(0);
        assertThat(cursor.path("user").asText()).isEqualTo("the-viewer");
        assertThat(cursor.path("name").asText()).isEqualTo("desk");
        assertThat(cursor.path("channel").asText()).isEqualTo("network");
        assertThat(cursor.path("lag").asLong()).isEqualTo(3);
        assertThat(cursor.path("oldest").asText()).startsWith("20");
        assertThat(cursor.path("positions").get(0).path("tail").asLong()).isEqualTo(3);
        JsonNode inbox = all.path("inboxes").get(0);
        assertThat(inbox.path("client").asText()).isEqualTo("phone");
        assertThat(inbox.path("pending").asInt()).isEqualTo(1);
        assertThat(inbox.path("byPriority")).hasToString("[0,0,1,0]");
        assertThat(inbox.path("connected").asBoolean()).isFalse();
        assertThat(all.path("counters").path("messages").path("pending").asInt()).isEqualTo(1);
        assertThat(all.path("counters").path("cursors").path("kept").asInt()).isEqualTo(1);
    }

    @Test
    void aLongListComesInPages() {
        durable("a", "b", "c").close();
        JsonNode first = ok("GET", "?limit=2");
        assertThat(first.path("cursors").findValuesAsText("name")).containsExactly("a", "b");
        String next = first.path("nextCursor").asText();
        JsonNode second = ok("GET", "?limit=2&afterCursor=" + next);
        assertThat(second.path("cursors").findValuesAsText("name")).containsExactly("c");
        assertThat(second.has("nextCursor")).isFalse();
        assertThat(ok("GET", "?user=somebody").path("cursors")).isEmpty();
    }

    @Test
    void oneOrAllOfAUserOrEverythingCanBeRemoved() {
        durable("a", "b").close();
        message("phone");
        message("desk");
        assertThat(ok("DELETE", "?user=the-viewer&cursor=a"))
                .hasToString("{\"cursors\":1,\"messages\":0}");
        assertThat(ok("DELETE", "?user=the-viewer&client=phone"))
                .hasToString("{\"cursors\":0,\"messages\":1}");
        assertThat(ok("DELETE", "?user=the-viewer")).hasToString("{\"cursors\":1,\"messages\":1}");
        message("phone");
        durable("a").close();
        assertThat(ok("DELETE", "?all=true")).hasToString("{\"cursors\":1,\"messages\":1}");
        JsonNode left = ok("GET", "");
        assertThat(left.path("cursors")).isEmpty();
        assertThat(left.path("counters").path("messages").path("purged").asInt()).isEqualTo(3);
    }

    @Test
    void kicked_4503_whenAnAdministratorRemovesWhatAConnectionHolds() {
        try (StreamClient client = durable("a")) {
            ok("DELETE", "?user=the-viewer&cursor=a");
            assertThat(client.closedWith()).isEqualTo(CloseCode.KICKED);
        }
    }

    @Test
    void whatIsNotClearOrNotThereIsRefused() {
        for (String query :
                List.of("", "?cursor=a", "?all=true&cursor=a", "?all=yes", "?users=x")) {
            assertThat(request("DELETE", query, Role.ADMIN).status()).as(query).isEqualTo(400);
        }
        for (String query : List.of("?user=a&cursor=b", "?user=a&client=b")) {
            assertThat(request("DELETE", query, Role.ADMIN).status()).as(query).isEqualTo(404);
        }
        assertThat(request("GET", "?limit=0", Role.ADMIN).status()).isEqualTo(400);
        assertThat(request("GET", "", Role.ANALYST).status()).isEqualTo(403);
        assertThat(request("DELETE", "?all=true", Role.ANALYST).status()).isEqualTo(403);
        assertThat(at.http().get("/api/queues").status()).isEqualTo(401);
    }
}

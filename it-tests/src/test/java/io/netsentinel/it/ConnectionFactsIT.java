package io.netsentinel.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `GET /ws/connections` tells of a connection what its client counted itself, to the message and
/// to the byte.
final class ConnectionFactsIT {
    private static final int EVENTS = 200;
    private static final String SUBSCRIBE =
            """
            {"type":"subscribe","id":2,"channel":"network","sub":"web","filter":"url.path ~ \\"/count-*\\"","offset":0}\
            """;

    @TempDir private Path folder;

    @Test
    void whatAConnectionIsAndDoesAgreesWithItsClientsOwnCounts() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Instant before = Instant.now().minusSeconds(1);
        try (ServerProcess server =
                ServerProcess.start(
                        Launch.of("serve", "--data", data.toString(), "--port", "0")
                                .environment("NETSENTINEL_LIMITS_PING_INTERVAL", "1s"),
                        folder.resolve("log"))) {
            HttpApi admin = HttpApi.admin(server, data);
            HttpApi.json(admin.postEve(Eve.requests("count", 0, EVENTS)));
            Counter client =
                    new Counter(
                            RawWebSocket.open(
                                    server.port(),
                                    "/ws",
                                    "Authorization: Bearer " + admin.token(),
                                    "Sec-WebSocket-Protocol: netsentinel.v1.json"));
            client.say(
                    "{\"type\":\"connect\",\"id\":1,\"client\":\"desk\",\"name\":\"counter\",\"version\":\"7\"}");
            client.say(SUBSCRIBE);
            while (client.events < EVENTS) {
                client.read();
            }
            Await.until("it is pinged", () -> facts(admin).has("lastPing"));
            HttpApi.json(admin.postEve(Eve.requests("other", 0, 5)));
            Await.until("it has looked at those it does not want", () -> lag(facts(admin)) == 0);
            JsonNode facts = client.catchUp(admin);
            assertThat(facts.path("messagesOut").asLong()).isEqualTo(client.messagesIn);
            assertThat(facts.path("bytesOut").asLong()).isEqualTo(client.bytesIn);
            assertThat(facts.path("messagesIn").asLong()).isEqualTo(client.messagesOut);
            assertThat(facts.path("bytesIn").asLong()).isEqualTo(client.bytesOut);
            assertThat(facts.path("client").asText()).isEqualTo("desk");
            assertThat(facts.path("name").asText()).isEqualTo("counter");
            assertThat(facts.path("version").asText()).isEqualTo("7");
            assertThat(facts.path("user").asText()).isEqualTo("admin");
            assertThat(facts.path("address").asText()).isEqualTo("127.0.0.1");
            assertThat(facts.path("transport").asText()).isEqualTo("websocket");
            assertThat(facts.path("format").asText()).isEqualTo("json");
            assertThat(facts.path("encrypted").asBoolean()).isFalse();
            assertThat(facts.path("queueBytes").asLong()).isZero();
            assertThat(Instant.parse(facts.path("since").asText())).isAfter(before);
            assertThat(Instant.parse(facts.path("lastPing").asText())).isAfter(before);
            JsonNode follows = facts.path("follows").path(0);
            assertThat(follows.path("sub").asText()).isEqualTo("web");
            assertThat(follows.path("channel").asText()).isEqualTo("network");
            assertThat(follows.path("filter").asText()).contains("url.path", "/count-*");
            assertThat(follows.path("offset").asLong()).isEqualTo(EVENTS);
            assertThat(facts.path("subscriptions").asInt()).isEqualTo(1);
            client.close();
        }
    }

    private static JsonNode facts(HttpApi admin) {
        JsonNode all = HttpApi.json(admin.get("/ws/connections")).path("connections");
        assertThat(all).hasSize(1);
        return all.path(0);
    }

    private static long lag(JsonNode facts) {
        return facts.path("follows").path(0).path("lag").asLong(-1);
    }

    /// A client that counts what goes over its socket.
    private static final class Counter implements AutoCloseable {
        private final RawWebSocket socket;
        private long messagesIn;
        private long messagesOut;
        private long bytesIn;
        private long bytesOut;
        private int events;

        Counter(RawWebSocket socket) {
            this.socket = socket;
        }

        @Override
        public void close() {
            socket.close();
        }

        /// Reads until both have counted the same; a ping may be on its way.
        JsonNode catchUp(HttpApi admin) {
            JsonNode facts = facts(admin);
            while (bytesIn < facts.path("bytesOut").asLong()) {
                read();
                if (bytesIn == facts.path("bytesOut").asLong()) {
                    return facts;
                }
                facts = bytesIn > facts.path("bytesOut").asLong() ? facts(admin) : facts;
            }
            return facts;
        }

        void say(String message) {
            byte[] frame =
                    RawWebSocket.masked(
                            RawWebSocket.FIN | RawWebSocket.TEXT, message.getBytes(UTF_8));
            socket.send(frame);
            messagesOut++;
            bytesOut += frame.length;
        }

        void read() {
            RawWebSocket.Frame frame = socket.read();
            int length = frame.payload().length;
            bytesIn += 2 + (length < 126 ? 0 : length < 65_536 ? 2 : 8) + length;
            if ((frame.first() & 0x0F) == RawWebSocket.TEXT) {
                messagesIn++;
                JsonNode message = HttpApi.parse(frame.text());
                if (message.isArray()) {
                    message.forEach(this::count);
                } else {
                    count(message);
                }
            }
        }

        private void count(JsonNode message) {
            events += message.path("type").asText().equals("event") ? 1 : 0;
        }
    }
}

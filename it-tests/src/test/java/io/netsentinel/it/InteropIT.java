package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The protocol spoken with WebSocket libraries that nobody here wrote, with and without
/// permessage-deflate, on a server that has it switched on.
@Timeout(120)
final class InteropIT {
    private static final String LIBRARY = "io.netsentinel.it.ForeignLibrary#";
    private static final String DEFLATE = "permessage-deflate";

    private static HttpApi admin;

    @BeforeAll
    static void signIn() {
        admin = ConformanceServer.admin();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @EnabledIf(
            value = LIBRARY + "hasNode",
            disabledReason = "needs Node and npm with a package registry")
    void nodesWsPackageSendsAndGetsWhatItShould(boolean deflate) {
        converse(
                ForeignLibrary.NODE_WS,
                ForeignClient.Wish.json(admin.token()).withDeflate(deflate));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @EnabledIf(
            value = LIBRARY + "hasPython",
            disabledReason = "needs Python 3 with the package websockets")
    void pythonsWebsocketsPackageSendsAndGetsWhatItShould(boolean deflate) {
        converse(
                ForeignLibrary.PYTHON_WEBSOCKETS,
                ForeignClient.Wish.json(admin.token()).withDeflate(deflate));
    }

    @Test
    @EnabledIf(
            value = LIBRARY + "hasPython",
            disabledReason = "needs Python 3 with the package websockets")
    void pythonsWebsocketsPackageSpeaksMessagePack() {
        converse(
                ForeignLibrary.PYTHON_WEBSOCKETS,
                ForeignClient.Wish.packed(admin.token()).withDeflate(false));
    }

    /// Publishes on a channel of its own what it has subscribed to: both directions, small and
    /// large, in one conversation.
    private static void converse(ForeignLibrary library, ForeignClient.Wish wish) {
        boolean deflate = wish.deflate();
        String channel = "interop-" + UUID.randomUUID();
        try (ForeignClient client =
                ForeignClient.open(
                        library,
                        Subscriber.address(admin.address(), "/ws"),
                        wish,
                        "{\"type\":\"connect\",\"id\":1,\"name\":\"" + channel + "\"}",
                        "{\"type\":\"subscribe\",\"id\":2,\"channel\":\"" + channel + "\"}")) {
            JsonNode open = client.next("open");
            assertThat(open.path("protocol").asText()).isEqualTo(wish.subprotocol());
            assertThat(open.path("extensions").asText().startsWith(DEFLATE)).isEqualTo(deflate);
            assertThat(client.next("subscribed").path("channel").asText()).isEqualTo(channel);
            int bytes = 0;
            // the last, small one comes when everything before it has been counted
            for (int repeated : new int[] {0, 1, 40, 400, 2_000, 0}) {
                String text = "Grüße vom Köter 🚀 ".repeat(repeated);
                client.send(publish(channel, text));
                assertThat(client.next("event").path("data").path("text").asText()).isEqualTo(text);
                bytes += text.length();
            }
            JsonNode seen = connection(channel);
            assertThat(seen.path("bytesIn").asInt() < bytes / 4).isEqualTo(deflate);
            assertThat(seen.path("bytesOut").asInt() < bytes / 4).isEqualTo(deflate);
            client.finish();
            assertThat(client.next("closed").path("code").asInt()).isEqualTo(1000);
        }
    }

    private static String publish(String channel, String text) {
        var message = JsonNodeFactory.instance.objectNode();
        message.put("type", "publish").put("id", 3).put("channel", channel);
        message.putObject("data").put("text", text);
        return message.toString();
    }

    /// The server's view of the connection of this name.
    private static JsonNode connection(String name) {
        JsonNode all = HttpApi.json(admin.get("/ws/connections?limit=500")).path("connections");
        for (JsonNode one : all) {
            if (one.path("name").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError("no connection " + name + " in " + all);
    }
}

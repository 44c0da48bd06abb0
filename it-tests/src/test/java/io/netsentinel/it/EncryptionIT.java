package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A channel that requires message encryption, and clients with Web Cryptography in Node. (That
/// nothing is lost over restarts, with keys that change often, is in [ClientTrial].)
final class EncryptionIT {
    private static final Pattern KEY =
            Pattern.compile("the key of this server is ([A-Za-z0-9_-]{87})\\b");

    @TempDir private static Path folder;

    private static ServerProcess server;
    private static HttpApi admin;

    @BeforeAll
    static void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        server = server(data);
        admin = HttpApi.admin(server, data);
    }

    private static ServerProcess server(Path data) throws IOException {
        Path configuration = folder.resolve("netsentinel.yaml");
        Files.writeString(configuration, "channels:\n  secret:\n    encryption: required\n");
        return ServerProcess.serve(data, 0, "--config", configuration.toString());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String serverKey() {
        Await.until("the log names the key", () -> KEY.matcher(server.log()).find());
        Matcher matcher = KEY.matcher(server.log());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static Program client(String key) {
        Path programs = NodePackages.folder();
        return Program.start(
                programs,
                Map.of(),
                List.of(
                        "node",
                        Program.copy("secret-client.mjs", programs).toString(),
                        Subscriber.address(server.address(), "/ws").toString(),
                        admin.token(),
                        key));
    }

    @Test
    @EnabledIf(
            value = "io.netsentinel.it.NodePackages#installed",
            disabledReason = "needs Node.js and npm, and the package ws")
    void onlyAClientThatEncryptsReachesTheChannel() {
        try (Program program = client(serverKey())) {
            assertThat(program.awaitExit()).as("%s", program).isZero();
            assertThat(program.lines()).contains("read back 1", "event 1");
        }
        try (Program program = client("none")) {
            assertThat(program.awaitExit()).as("%s", program).isZero();
            assertThat(program.lines())
                    .containsExactlyInAnyOrder(
                            "publish 103 encrypt", "history 103 encrypt", "subscribe 103 encrypt");
        }
        assertThat(admin.get("/api/events?channel=secret").statusCode()).isEqualTo(403);
        try (Program program = client("A".repeat(87))) {
            assertThat(program.awaitExit()).as("%s", program).isZero();
            assertThat(program.lines())
                    .containsExactly("closed: the server has another key than the one given");
        }
    }

    @Test
    void theKeyOfTheServerIsTheSameForEveryClientAndThoseOfConnectionsAreNot() {
        JsonNode one = offer();
        JsonNode other = offer();
        assertThat(one.path("identity").asText()).isEqualTo(serverKey());
        assertThat(other.path("identity")).isEqualTo(one.path("identity"));
        assertThat(other.path("key")).isNotEqualTo(one.path("key"));
    }

    private static JsonNode offer() {
        try (Subscriber client = Subscriber.open(new HttpApi(server.address(), ""), "/ws")) {
            client.send(
                    "{\"type\":\"connect\",\"id\":1,\"encrypt\":{\"key\":\""
                            + AsyncApiIT.KEY
                            + "\"}}");
            return client.next();
        }
    }
}

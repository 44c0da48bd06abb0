package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// A program follows one channel and publishes on another while the server is stopped once and
/// killed once. It must get everything once and in order, and what it publishes must be stored
/// once. A second client in it asks for everything there is: MessagePack, gzip, encryption with
/// keys that change often, a durable subscription. It must see the same, and whoever comes after it
/// under the durable name goes on behind what was acknowledged.
final class ClientTrial {
    private static final int RATE = 1_000;
    private static final String CHANNEL = "trial";

    private ClientTrial() {}

    /// Starts the program.
    interface Start {
        Program program(String address, String token, String channel);
    }

    static void run(Path folder, Start start) {
        Path data = directory(folder);
        ServerProcess server = serve(data, 0);
        HttpApi api = HttpApi.admin(server, data);
        String url = Subscriber.address(server.address(), "/ws").toString();
        try {
            try (Program program = start.program(url, api.token(), CHANNEL);
                    Ingest ingest = new Ingest(api, RATE)) {
                program.awaitSaid("event", RATE);
                int port = server.port();
                assertThat(server.stop()).isZero();
                server = serve(data, port);
                more(program);
                server.kill();
                server = serve(data, port);
                more(program);
                ingest.finish();
                program.input("");
                program.awaitLine("published all");

                List<String> stored =
                        api.stored("network").stream()
                                .map(event ->
                                        event.path("offset").asLong() + " /" + Eve.mark(event))
                                .toList();
                program.awaitSaid("event", stored.size());
                assertThat(program.said("event").toList()).isEqualTo(stored);
                program.awaitSaid("full", stored.size());
                assertThat(program.said("full").toList()).isEqualTo(stored);
                Await.until("all is acknowledged", () -> lag(api) == 0);
                assertThat(program.said("lost")).isEmpty();
                assertThat(program.said("failed")).isEmpty();
                List<Integer> numbers =
                        api.stored(CHANNEL).stream()
                                .map((JsonNode event) -> event.path("data").path("n").asInt())
                                .toList();
                int published = (int) program.count("published") - 1;
                assertThat(numbers).hasSize(published);
                assertThat(numbers)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.rangeClosed(1, published).boxed().toList());
            }
            goesOn(api, () -> start.program(url, api.token(), "again"));
        } finally {
            server.close();
        }
    }

    /// Whoever comes under the durable name gets what was not acknowledged, which is what is new.
    private static void goesOn(HttpApi api, Supplier<Program> again) {
        HttpApi.json(api.postEve(Eve.requests("later", 0, 3)));
        try (Program next = again.get()) {
            next.awaitSaid("full", 3);
            assertThat(next.said("full").map(line -> line.substring(line.indexOf(' ') + 2)))
                    .containsExactly("later-0", "later-1", "later-2");
        }
    }

    private static long lag(HttpApi api) {
        JsonNode cursors = HttpApi.json(api.get("/api/queues")).path("cursors");
        assertThat(cursors).hasSize(1);
        return cursors.get(0).path("lag").asLong();
    }

    /// With encryption keys that are good for few frames.
    private static ServerProcess serve(Path data, int port) {
        return ServerProcess.start(
                Launch.of("serve", "--data", data.toString(), "--port", Integer.toString(port))
                        .environment("NETSENTINEL_ENCRYPTION_FRAMES_PER_KEY", "64"),
                data.resolveSibling(data.getFileName() + ".log"));
    }

    private static void more(Program program) {
        program.awaitSaid("event", program.count("event") + RATE);
        program.awaitSaid("published", program.count("published") + 10);
    }

    private static Path directory(Path folder) {
        try {
            return Files.createDirectory(folder.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// A client follows one channel and publishes on another while the server is stopped once and
/// killed once. It must get everything once and in order, and what it publishes must be stored
/// once.
final class ClientTrial {
    private static final int RATE = 1_000;
    private static final String CHANNEL = "trial";

    private ClientTrial() {}

    /// @param start starts the client for an address and a token
    static void run(Path folder, BiFunction<String, String, Program> start) {
        Path data = directory(folder);
        ServerProcess server = ServerProcess.serve(data, 0);
        HttpApi api = HttpApi.admin(server, data);
        String url = Subscriber.address(server.address(), "/ws").toString();
        try (Program program = start.apply(url, api.token());
                Ingest ingest = new Ingest(api, RATE)) {
            program.awaitSaid("event", RATE);
            int port = server.port();
            assertThat(server.stop()).isZero();
            server = ServerProcess.serve(data, port);
            more(program);
            server.kill();
            server = ServerProcess.serve(data, port);
            more(program);
            ingest.finish();
            program.input("");
            program.awaitLine("published all");

            List<String> stored =
                    api.stored("network").stream()
                            .map(event -> event.path("offset").asLong() + " /" + Eve.mark(event))
                            .toList();
            program.awaitSaid("event", stored.size());
            assertThat(program.said("event").toList()).isEqualTo(stored);
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
        } finally {
            server.close();
        }
    }

    static String channel() {
        return CHANNEL;
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

package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConformanceEchoTest {
    @TempDir private Path directory;

    @Test
    void whereItIsOpenEveryMessageComesBackWithoutASignIn() {
        ServerSettings settings = ServerSettings.defaults().withPort(0).withConformanceEcho();
        try (TestServer server = new TestServer(directory, settings);
                StreamClient client = StreamClient.connect(server.port(), "/echo", List.of())) {
            client.raw("{\"any\":\"thing\"}");

            assertThat(client.next().path("any").textValue()).isEqualTo("thing");
        }
    }

    @Test
    void whereItIsNotOpenThereIsNone() {
        try (TestServer server = new TestServer(directory, ServerSettings.defaults().withPort(0))) {
            assertThat(StreamClient.refusal(server.port(), "/echo")).isBetween(400, 499);
        }
    }
}

package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerTest {
    @Test
    void health_is_open_and_everything_else_is_not(@TempDir Path directory) {
        try (EventLog log = EventLog.open(directory, LogSettings.defaults());
                Auth auth =
                        Auth.open(
                                log.store(),
                                directory,
                                AuthSettings.defaults().withHashIterations(1000),
                                Clock.systemUTC());
                Server server =
                        Server.start(
                                ServerSettings.defaults().withPort(0),
                                Services.builder()
                                        .add(EventLog.class, log)
                                        .add(Auth.class, auth)
                                        .build(),
                                List.of())) {
            Raw raw = new Raw(server.port());
            assertThat(raw.get("/health/live").status()).isEqualTo(200);
            assertThat(raw.get("/health/ready").status()).isEqualTo(200);
            assertThat(raw.get("/api/session").status()).isEqualTo(401);
            assertThat(raw.get("/nothing").status()).isEqualTo(404);
        }
    }
}

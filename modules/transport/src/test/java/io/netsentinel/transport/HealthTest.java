package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthTest {
    @TempDir Path directory;

    @Test
    void ready_says_what_is_wrong_and_live_does_not_care() {
        AtomicReference<Optional<String>> wrong = new AtomicReference<>(Optional.empty());
        try (TestServer server =
                new TestServer(
                        directory,
                        ServerSettings.defaults(),
                        (_, services) ->
                                services.get(Readiness.class)
                                        .check("recovery", wrong::get)
                                        .check(
                                                "broken",
                                                () -> {
                                                    throw new IllegalStateException("x");
                                                }))) {
            assertThat(server.raw().get("/health/ready").status()).isEqualTo(503);
            wrong.set(Optional.of("30 segments are left"));
            Raw.Reply reply = server.raw().get("/health/ready");
            assertThat(reply.body())
                    .isEqualTo(
                            "{\"status\":\"down\",\"checks\":["
                                    + "{\"name\":\"broken\",\"status\":\"down\",\"reason\":\"the check itself failed\"},"
                                    + "{\"name\":\"log\",\"status\":\"up\"},"
                                    + "{\"name\":\"recovery\",\"status\":\"down\",\"reason\":\"30 segments are left\"}]}");
            assertThat(server.raw().get("/health/live").body()).isEqualTo("{\"status\":\"up\"}");
        }
    }

    @Test
    void services_are_found_by_type_and_there_is_one_of_each() {
        Services services = Services.builder().add(String.class, "a").build();
        assertThat(services.get(String.class)).isEqualTo("a");
        assertThat(services.with(Integer.class, 7).get(Integer.class)).isEqualTo(7);
        assertThatThrownBy(() -> services.get(Integer.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("java.lang.Integer");
        assertThatThrownBy(() -> Services.builder().add(String.class, "a").add(String.class, "b"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void two_routes_or_error_pages_for_the_same_are_a_mistake() {
        Routes routes = new Routes(10);
        routes.get("/a", Access.OPEN, (_, _) -> {}).post("/a", Access.OPEN, (_, _) -> {});
        assertThatThrownBy(() -> routes.get("/a", Access.READ, (_, _) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/a");
        routes.errorPage((_, _) -> "");
        assertThatThrownBy(() -> routes.errorPage((_, _) -> ""))
                .isInstanceOf(IllegalStateException.class);
    }
}

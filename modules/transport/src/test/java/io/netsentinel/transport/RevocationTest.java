package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import io.netsentinel.auth.SignIn;
import io.netsentinel.auth.Tokens;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is revoked ends open sockets, whoever revokes it and by whatever way.
final class RevocationTest {
    private static final String PASSWORD = "a long walk in the rain";

    @TempDir Path directory;
    private StreamFixture at;

    @BeforeEach
    void open() {
        at = new StreamFixture(directory);
        at.auth.users().add("ada", Role.VIEWER, PASSWORD);
    }

    @AfterEach
    void close() {
        at.close();
    }

    @Test
    void a_revoked_token_closes_its_own_sockets_and_no_others() {
        Tokens.Issued one =
                at.auth.tokens().issue("one", Role.VIEWER, List.of(), Duration.ofHours(1));
        try (StreamClient closed = connect("Bearer " + one.jwt());
                StreamClient open = at.as(Role.VIEWER)) {
            at.auth.tokens().revoke(one.token().id());
            assertThat(closed.closedWith()).isEqualTo(CloseCode.REVOKED);
            assertThat(open.ask("connect", "").path("type").asText()).isEqualTo("connected");
        }
    }

    @Test
    void disabling_a_user_closes_sockets_by_cookie_and_by_token() {
        SignIn.Granted ada = signIn();
        try (StreamClient byToken = connect("Bearer " + ada.token());
                StreamClient byCookie = byCookie(ada)) {
            at.auth.users().disable("ada");
            assertThat(byToken.closedWith()).isEqualTo(CloseCode.REVOKED);
            assertThat(byCookie.closedWith()).isEqualTo(CloseCode.REVOKED);
        }
    }

    @Test
    void signing_out_over_http_closes_the_sockets_of_that_session_only() {
        SignIn.Granted one = signIn();
        SignIn.Granted other = signIn();
        try (StreamClient closed = byCookie(one);
                StreamClient open = byCookie(other)) {
            Raw.Reply reply =
                    at.http()
                            .post(
                                    "/api/logout",
                                    "{}",
                                    "Cookie: ns=" + one.cookie(),
                                    "X-CSRF-Token: " + one.csrf());
            assertThat(reply.status()).isEqualTo(204);
            assertThat(closed.closedWith()).isEqualTo(CloseCode.REVOKED);
            assertThat(open.ask("connect", "").path("type").asText()).isEqualTo("connected");
        }
    }

    @Test
    void a_new_password_closes_all_sockets_but_lets_them_come_back_with_the_new_session() {
        SignIn.Granted ada = signIn();
        try (StreamClient closed = byCookie(ada)) {
            Raw.Reply reply =
                    at.http()
                            .post(
                                    "/api/password",
                                    "{\"current\":\"%s\",\"password\":\"another walk in the sun\"}"
                                            .formatted(PASSWORD),
                                    "Cookie: ns=" + ada.cookie(),
                                    "X-CSRF-Token: " + ada.csrf());
            assertThat(reply.status()).isEqualTo(200);
            assertThat(closed.closedWith()).isEqualTo(CloseCode.ACCESS_CHANGED);
            String cookie = reply.header("Set-Cookie").split(";", -1)[0];
            try (StreamClient back = at.connect("/ws", "Cookie", cookie, "Origin", origin())) {
                assertThat(back.ask("connect", "").path("user").asText()).isEqualTo("ada");
            }
        }
    }

    private SignIn.Granted signIn() {
        return (SignIn.Granted) at.auth.signIn("ada", PASSWORD, InetAddress.getLoopbackAddress());
    }

    private StreamClient connect(String authorization) {
        return at.connect("/ws", "Authorization", authorization);
    }

    private StreamClient byCookie(SignIn.Granted session) {
        return at.connect("/ws", "Cookie", "ns=" + session.cookie(), "Origin", origin());
    }

    private String origin() {
        return "http://localhost:" + at.server.port();
    }
}

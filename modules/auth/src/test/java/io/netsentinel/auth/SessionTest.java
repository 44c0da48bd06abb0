package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.auth.Revocation.Cause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionTest {
    @TempDir Path directory;
    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = new Fixture(directory);
        fixture.user("ada", Role.VIEWER);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_session_ends_when_nothing_is_heard_of_it() {
        SignIn.Granted granted = fixture.signIn("ada");
        fixture.clock.advance(Duration.ofHours(8).minusMillis(1));
        fixture.accepted(fixture.auth().session(granted.cookie()));
        fixture.clock.advance(Duration.ofHours(8));
        assertThat(fixture.refused(fixture.auth().session(granted.cookie())).expired()).isTrue();
        fixture.refused(fixture.auth().bearer(granted.token()));
    }

    @Test
    void an_open_socket_keeps_a_session_alive_but_not_beyond_its_end() {
        SignIn.Granted granted = fixture.signIn("ada");
        for (int hour = 0; hour < 23; hour++) {
            fixture.clock.advance(Duration.ofHours(1));
            fixture.auth().touch(granted.identity());
        }
        fixture.accepted(fixture.auth().session(granted.cookie()));
        fixture.clock.advance(Duration.ofHours(1));
        fixture.refused(fixture.auth().session(granted.cookie()));
    }

    @Test
    void a_restart_signs_nobody_out_and_forgets_no_activity() {
        SignIn.Granted granted = fixture.signIn("ada");
        fixture.clock.advance(Duration.ofHours(7));
        fixture.accepted(fixture.auth().session(granted.cookie()));
        fixture.restart();
        fixture.clock.advance(Duration.ofHours(7));
        Identity who = fixture.accepted(fixture.auth().session(granted.cookie()));
        assertThat(fixture.auth().csrfValid(who, granted.csrf())).isTrue();
        fixture.accepted(fixture.auth().bearer(granted.token()));
    }

    @Test
    void everything_is_on_disk() {
        SignIn.Granted granted = fixture.signIn("ada");
        Tokens.Issued token =
                fixture.auth().tokens().issue("probe", Role.SENSOR, List.of(), Duration.ofDays(1));
        fixture.auth().users().disable("ada");
        fixture.user("bob", Role.ANALYST);
        SignIn.Granted bob = fixture.signIn("bob");
        fixture.restartAll();
        fixture.refused(fixture.auth().session(granted.cookie()));
        fixture.accepted(fixture.auth().session(bob.cookie()));
        fixture.accepted(fixture.auth().bearer(bob.token()));
        fixture.accepted(fixture.auth().bearer(token.jwt()));
        assertThat(fixture.auth().users().find("ada").orElseThrow().disabled()).isTrue();
        assertThat(fixture.auth().initialPassword()).isEmpty();
    }

    @Test
    void signing_in_and_revoking_work_while_nothing_can_be_stored() {
        SignIn.Granted before = fixture.signIn("ada");
        Tokens.Issued token =
                fixture.auth().tokens().issue("probe", Role.SENSOR, List.of(), Duration.ofDays(1));
        fixture.user("bob", Role.VIEWER);
        fixture.loseStorage();
        fixture.accepted(fixture.auth().session(before.cookie()));
        SignIn.Granted after = fixture.signIn("bob");
        fixture.accepted(fixture.auth().session(after.cookie()));
        fixture.auth().signOut(after.identity());
        fixture.refused(fixture.auth().session(after.cookie()));

        assertThatThrownBy(() -> fixture.auth().tokens().revoke(token.token().id()))
                .isInstanceOf(RuntimeException.class);
        fixture.refused(fixture.auth().bearer(token.jwt()));
        assertThatThrownBy(() -> fixture.auth().users().disable("ada"))
                .isInstanceOf(RuntimeException.class);
        fixture.refused(fixture.auth().session(before.cookie()));
        assertThatThrownBy(() -> fixture.user("eve", Role.VIEWER))
                .isInstanceOf(RuntimeException.class);
        assertThat(fixture.auth().users().find("eve")).isEmpty();
    }

    @Test
    void signing_out_ends_cookie_and_token_at_once_and_for_good() {
        SignIn.Granted granted = fixture.signIn("ada");
        fixture.auth().signOut(granted.identity());
        assertThat(fixture.revoked)
                .containsExactly(
                        new Revocation(
                                Revocation.Scope.ID, granted.identity().id(), Cause.SIGNED_OUT));
        fixture.refused(fixture.auth().session(granted.cookie()));
        fixture.refused(fixture.auth().bearer(granted.token()));
        fixture.refused(fixture.restart().session(granted.cookie()));
    }

    @Test
    void signing_out_ends_no_other_session_of_the_user() {
        SignIn.Granted one = fixture.signIn("ada");
        SignIn.Granted other = fixture.signIn("ada");
        fixture.auth().signOut(one.identity());
        fixture.accepted(fixture.auth().session(other.cookie()));
        assertThat(fixture.revoked).noneMatch(revocation -> revocation.covers(other.identity()));
    }

    @Test
    void disabling_a_user_ends_every_session_at_once() {
        SignIn.Granted granted = fixture.signIn("ada");
        fixture.auth().users().disable("ada");
        assertThat(fixture.revoked).anyMatch(r -> r.covers(granted.identity()));
        fixture.refused(fixture.auth().session(granted.cookie()));
        fixture.refused(fixture.auth().bearer(granted.token()));
        fixture.auth().users().enable("ada");
        fixture.refused(fixture.auth().session(granted.cookie()));
    }

    @Test
    void a_new_password_set_by_an_administrator_ends_every_session() {
        SignIn.Granted granted = fixture.signIn("ada");
        fixture.auth().users().setPassword("ada", "quite another password");
        fixture.refused(fixture.auth().session(granted.cookie()));
        assertThat(fixture.revoked)
                .containsExactly(
                        new Revocation(Revocation.Scope.USER, "ada", Cause.PASSWORD_CHANGED));
    }

    @Test
    void beyond_twenty_sessions_the_oldest_gives_way() {
        List<SignIn.Granted> all = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            fixture.clock.advance(Duration.ofSeconds(1));
            all.add(fixture.signIn("ada"));
        }
        fixture.refused(fixture.auth().session(all.getFirst().cookie()));
        fixture.accepted(fixture.auth().session(all.get(1).cookie()));
        assertThat(fixture.revoked).extracting(Revocation::cause).containsExactly(Cause.DISPLACED);
    }

    @Test
    void only_the_sessions_own_csrf_token_is_valid() {
        SignIn.Granted mine = fixture.signIn("ada");
        SignIn.Granted other = fixture.signIn("ada");
        assertThat(fixture.auth().csrfValid(mine.identity(), mine.csrf())).isTrue();
        assertThat(fixture.auth().csrfValid(mine.identity(), other.csrf())).isFalse();
        assertThat(fixture.auth().csrfValid(mine.identity(), "")).isFalse();
        fixture.auth().signOut(mine.identity());
        assertThat(fixture.auth().csrfValid(mine.identity(), mine.csrf())).isFalse();
        assertThat(fixture.auth().csrfValid(mine.identity(), "")).isFalse();
    }

    @Test
    void guessed_cookies_are_refused() {
        fixture.signIn("ada");
        for (String cookie : List.of("", "x", "a".repeat(100_000), "null", "../..")) {
            fixture.refused(fixture.auth().session(cookie));
        }
    }

    @Test
    void a_listener_that_fails_does_not_spare_the_others_and_a_closed_one_hears_nothing() {
        List<Revocation> heard = new ArrayList<>();
        fixture.auth()
                .onRevoked(_ -> {
                    throw new IllegalStateException("on purpose");
                });
        var registration = fixture.auth().onRevoked(heard::add);
        fixture.auth().signOut(fixture.signIn("ada").identity());
        assertThat(heard).hasSize(1);
        registration.close();
        fixture.auth().signOut(fixture.signIn("ada").identity());
        assertThat(heard).hasSize(1);
    }
}

package io.netsentinel.auth;

import static io.netsentinel.auth.Fixture.ELSEWHERE;
import static io.netsentinel.auth.Fixture.HOME;
import static io.netsentinel.auth.Fixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.auth.AuthException.Reason;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignInTest {
    @TempDir Path directory;
    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = new Fixture(directory);
        fixture.user("ada", Role.ANALYST);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void the_right_password_begins_a_session_that_cookie_and_token_both_prove() {
        SignIn.Granted granted = fixture.signIn("ada");
        Identity byCookie = fixture.accepted(fixture.auth().session(granted.cookie()));
        Identity byToken = fixture.accepted(fixture.auth().bearer(granted.token()));
        assertThat(byCookie.kind()).isEqualTo(Identity.Kind.SESSION);
        assertThat(byToken.kind()).isEqualTo(Identity.Kind.TOKEN);
        assertThat(byCookie.id()).isEqualTo(byToken.id());
        assertThat(byCookie.user()).isEqualTo("ada");
        assertThat(byCookie.role()).isEqualTo(Role.ANALYST);
        assertThat(byCookie.expires()).contains(granted.expires());
    }

    @Test
    void every_sign_in_begins_another_session() {
        SignIn.Granted first = fixture.signIn("ada");
        SignIn.Granted second = fixture.signIn("ada");
        assertThat(second.cookie()).isNotEqualTo(first.cookie());
        assertThat(second.csrf()).isNotEqualTo(first.csrf());
        assertThat(second.identity().id()).isNotEqualTo(first.identity().id());
    }

    @Test
    void user_names_know_no_case_and_passwords_no_form_of_composition() {
        fixture.auth().users().add("zoe", Role.VIEWER, "caf\u00e9 am Fluss");
        assertThat(fixture.auth().signIn("Zoe", "cafe\u0301 am Fluss", HOME))
                .isInstanceOf(SignIn.Granted.class);
        assertThat(fixture.auth().signIn("zoe", "Caf\u00e9 am Fluss", HOME))
                .isInstanceOf(SignIn.Denied.class);
    }

    @Test
    void wrong_password_unknown_user_and_disabled_user_look_the_same() {
        fixture.user("eve", Role.VIEWER);
        fixture.auth().users().disable("eve");
        assertThat(fixture.auth().signIn("ada", "wrong password", HOME))
                .isEqualTo(fixture.auth().signIn("nobody", PASSWORD, HOME))
                .isEqualTo(fixture.auth().signIn("eve", PASSWORD, HOME))
                .isEqualTo(new SignIn.Denied());
    }

    @Test
    void odd_passwords_are_refused_and_harm_nothing() {
        for (String password : List.of("", "\0", "x".repeat(1_000_000), "\ud800")) {
            assertThat(fixture.auth().signIn("ada", password, HOME))
                    .isInstanceOf(SignIn.Denied.class);
        }
    }

    @Test
    void after_five_failures_even_the_right_password_must_wait() {
        fail("ada", HOME, 5);
        SignIn result = fixture.auth().signIn("ada", PASSWORD, HOME);
        assertThat(result).isInstanceOf(SignIn.TooMany.class);
        Duration wait = ((SignIn.TooMany) result).retryAfter();
        assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(30));
        fixture.clock.advance(wait);
        fixture.signIn("ada");
    }

    @Test
    void a_success_forgives_the_failures_before_it() {
        for (int round = 0; round < 3; round++) {
            fail("ada", HOME, 4);
            fixture.signIn("ada");
            fixture.clock.advance(Duration.ofSeconds(40));
        }
    }

    @Test
    void one_address_cannot_try_many_users() {
        for (int i = 0; i < 20; i++) {
            fail("user" + i, HOME, 1);
        }
        assertThat(fixture.auth().signIn("ada", PASSWORD, HOME)).isInstanceOf(SignIn.TooMany.class);
        assertThat(fixture.auth().signIn("ada", PASSWORD, ELSEWHERE))
                .isInstanceOf(SignIn.Granted.class);
    }

    @Test
    void one_network_of_ipv6_counts_as_one_address() {
        for (int i = 0; i < 5; i++) {
            fail("ada", Fixture.address("2001:db8:1:2::" + i), 1);
        }
        assertThat(fixture.auth().signIn("ada", PASSWORD, Fixture.address("2001:db8:1:2:ffff::1")))
                .isInstanceOf(SignIn.TooMany.class);
        assertThat(fixture.auth().signIn("ada", PASSWORD, Fixture.address("2001:db8:1:3::1")))
                .isInstanceOf(SignIn.Granted.class);
    }

    @Test
    void an_attack_from_many_addresses_does_not_lock_out_who_signed_in_before() {
        fixture.signIn("ada");
        for (int i = 0; i < 100; i++) {
            fail("ada", Fixture.address("203.0.113." + i), 1);
        }
        assertThat(fixture.auth().signIn("ada", PASSWORD, ELSEWHERE))
                .isInstanceOf(SignIn.TooMany.class);
        fixture.signIn("ada");
    }

    @Test
    void a_clock_set_back_neither_forgives_nor_punishes() {
        fail("ada", HOME, 4);
        fixture.clock.advance(Duration.ofHours(-1));
        fixture.signIn("ada");
    }

    @Test
    void a_flood_is_sent_away_and_does_not_wait_in_line() throws Exception {
        fixture.restart(
                new AuthSettings(
                        Duration.ofHours(8),
                        Duration.ofHours(24),
                        20,
                        200_000,
                        1,
                        1_000,
                        1_000,
                        1_000,
                        Duration.ofDays(1),
                        java.util.Map.of(),
                        Duration.ZERO));
        List<Callable<SignIn>> flood = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            flood.add(() -> fixture.auth().signIn("nobody", "some password", HOME));
        }
        int sentAway = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<SignIn> result : threads.invokeAll(flood)) {
                sentAway += result.get() instanceof SignIn.TooMany ? 1 : 0;
            }
        }
        assertThat(sentAway).isGreaterThan(100);
    }

    @Test
    void a_password_hashed_with_fewer_rounds_is_hashed_anew() {
        Users.Stored before = fixture.auth().users().stored("ada").orElseThrow();
        fixture.restart(fixture.settings().withHashIterations(2_000));
        fixture.signIn("ada");
        Users.Stored after = fixture.auth().users().stored("ada").orElseThrow();
        assertThat(before.password().iterations()).isEqualTo(1_000);
        assertThat(after.password().iterations()).isEqualTo(2_000);
        fixture.restart();
        fixture.signIn("ada");
    }

    @Test
    void the_same_password_is_stored_differently_for_each_user() {
        fixture.user("bob", Role.VIEWER);
        String one = fixture.auth().users().stored("ada").orElseThrow().password().text();
        String other = fixture.auth().users().stored("bob").orElseThrow().password().text();
        assertThat(one).startsWith("pbkdf2-sha256$1000$").isNotEqualTo(other);
        assertThat(one).doesNotContain(PASSWORD);
    }

    @Test
    void changing_ones_password_ends_every_session_and_begins_a_new_one() {
        SignIn.Granted other = fixture.signIn("ada");
        SignIn.Granted mine = fixture.signIn("ada");
        fixture.revoked.clear();
        SignIn result =
                fixture.auth()
                        .changePassword(mine.identity(), PASSWORD, "another walk in the sun", HOME);
        assertThat(result).isInstanceOf(SignIn.Granted.class);
        SignIn.Granted fresh = (SignIn.Granted) result;
        fixture.refused(fixture.auth().session(other.cookie()));
        fixture.refused(fixture.auth().session(mine.cookie()));
        fixture.refused(fixture.auth().bearer(mine.token()));
        fixture.accepted(fixture.auth().session(fresh.cookie()));
        assertThat(fixture.revoked)
                .anyMatch(revocation ->
                        revocation.covers(other.identity())
                                && revocation.cause() == Revocation.Cause.PASSWORD_CHANGED);
        assertThat(fixture.auth().signIn("ada", PASSWORD, HOME)).isInstanceOf(SignIn.Denied.class);
    }

    @Test
    void a_wrong_current_password_changes_nothing_and_counts_as_a_failure() {
        SignIn.Granted mine = fixture.signIn("ada");
        for (int i = 0; i < 5; i++) {
            assertThat(
                            fixture.auth()
                                    .changePassword(mine.identity(), "guess", "another walk", HOME))
                    .isInstanceOf(SignIn.Denied.class);
        }
        assertThat(fixture.auth().changePassword(mine.identity(), PASSWORD, "another walk", HOME))
                .isInstanceOf(SignIn.TooMany.class);
        fixture.accepted(fixture.auth().session(mine.cookie()));
    }

    @Test
    void a_token_has_no_password_to_change() {
        Identity token =
                fixture.accepted(
                        fixture.auth()
                                .bearer(
                                        fixture.auth()
                                                .tokens()
                                                .issue(
                                                        "probe",
                                                        Role.ADMIN,
                                                        List.of(),
                                                        Duration.ofDays(1))
                                                .jwt()));
        assertThatThrownBy(
                        () -> fixture.auth().changePassword(token, "x", "another walk home", HOME))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DENIED));
    }

    private void fail(String user, InetAddress from, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(fixture.auth().signIn(user, "wrong password", from))
                    .isInstanceOf(SignIn.Denied.class);
        }
    }
}

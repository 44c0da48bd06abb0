package io.netsentinel.auth;

import static io.netsentinel.auth.Fixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.auth.AuthException.Reason;
import io.netsentinel.events.ChannelPattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsersAndTokensTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir Path directory;
    private Fixture fixture;
    private Users users;
    private Tokens tokens;

    @BeforeEach
    void open() {
        fixture = new Fixture(directory);
        users = fixture.auth().users();
        tokens = fixture.auth().tokens();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void users_are_listed_by_name_and_survive_a_restart() {
        fixture.user("zoe", Role.VIEWER);
        fixture.user("Bob", Role.ANALYST);
        users.disable("bob");
        assertThat(users.list()).extracting(User::name).containsExactly("admin", "bob", "zoe");
        assertThat(fixture.restart().users().list()).isEqualTo(users.list());
        assertThat(users.find("BOB").orElseThrow().disabled()).isTrue();
    }

    @Test
    void names_that_could_be_mistaken_or_break_something_are_refused() {
        for (String name :
                List.of("", "a b", "-a", "a/b", "ä", "a\n", "x".repeat(65), "a\u202eb")) {
            refused(Reason.INVALID, () -> users.add(name, Role.VIEWER, PASSWORD));
        }
    }

    @Test
    void a_name_is_given_once_among_users_and_tokens() {
        fixture.user("ada", Role.VIEWER);
        refused(Reason.CONFLICT, () -> users.add("ADA", Role.VIEWER, PASSWORD));
        refused(Reason.CONFLICT, () -> tokens.issue("Ada", Role.SENSOR, List.of(), DAY));
        tokens.issue("Probe", Role.SENSOR, List.of(), DAY);
        refused(Reason.CONFLICT, () -> users.add("probe", Role.VIEWER, PASSWORD));
        tokens.issue("Probe", Role.SENSOR, List.of(), DAY);
        fixture.clock.advance(Duration.ofDays(2));
        users.add("probe", Role.VIEWER, PASSWORD);
    }

    @Test
    void a_sensor_is_not_a_user() {
        refused(Reason.INVALID, () -> users.add("probe", Role.SENSOR, PASSWORD));
    }

    @Test
    void the_last_administrator_cannot_be_disabled() {
        refused(Reason.CONFLICT, () -> users.disable("admin"));
        fixture.user("root", Role.ADMIN);
        users.disable("admin");
        refused(Reason.CONFLICT, () -> users.disable("root"));
        users.enable("admin");
        users.disable("root");
    }

    @Test
    void unknown_users_and_tokens_are_named_as_such() {
        refused(Reason.UNKNOWN, () -> users.disable("nobody"));
        refused(Reason.UNKNOWN, () -> users.enable("nobody"));
        refused(Reason.UNKNOWN, () -> users.setPassword("nobody", PASSWORD));
        refused(Reason.UNKNOWN, () -> tokens.revoke("nothing"));
    }

    @Test
    void a_token_keeps_its_name_role_channels_and_end() {
        Tokens.Issued issued =
                tokens.issue(
                        "lab",
                        Role.VIEWER,
                        List.of(ChannelPattern.of("alerts"), ChannelPattern.of("lab.*")),
                        DAY);
        assertThat(fixture.restart().tokens().list()).containsExactly(issued.token());
        Identity who = fixture.accepted(fixture.auth().bearer(issued.jwt()));
        assertThat(who.mayRead("alerts")).isTrue();
        assertThat(who.mayRead("lab.one")).isTrue();
        assertThat(who.mayRead("threats")).isFalse();
        assertThat(who.expires()).contains(fixture.clock.instant().plus(DAY));
    }

    @Test
    void impossible_tokens_are_refused() {
        List<ChannelPattern> many = Collections.nCopies(33, ChannelPattern.of("alerts"));
        refused(Reason.INVALID, () -> tokens.issue("", Role.SENSOR, List.of(), DAY));
        refused(Reason.INVALID, () -> tokens.issue("a b", Role.SENSOR, List.of(), DAY));
        refused(Reason.INVALID, () -> tokens.issue("a", Role.SENSOR, many, DAY));
        refused(Reason.INVALID, () -> tokens.issue("a", Role.SENSOR, List.of(), Duration.ZERO));
        refused(
                Reason.INVALID,
                () -> tokens.issue("a", Role.SENSOR, List.of(), Duration.ofDays(367)));
    }

    @Test
    void revoking_a_token_is_told_and_listed_until_it_would_have_ended() {
        Tokens.Issued issued = tokens.issue("lab", Role.VIEWER, List.of(), DAY);
        Identity who = fixture.accepted(fixture.auth().bearer(issued.jwt()));
        tokens.revoke(issued.token().id());
        assertThat(fixture.revoked).singleElement().matches(r -> r.covers(who));
        assertThat(tokens.list()).singleElement().matches(Token::revoked);
        fixture.clock.advance(Duration.ofDays(2));
        assertThat(tokens.list()).isEmpty();
    }

    @Test
    void signing_out_with_an_issued_token_revokes_it() {
        Tokens.Issued issued = tokens.issue("lab", Role.VIEWER, List.of(), DAY);
        fixture.auth().signOut(fixture.accepted(fixture.auth().bearer(issued.jwt())));
        fixture.refused(fixture.auth().bearer(issued.jwt()));
    }

    private static void refused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AuthException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(reason);
                            assertThat(e).hasMessageMatching("[^\\n]+");
                        });
    }
}

package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netsentinel.auth.AuthException.Reason;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Users who sign in at an identity provider.
final class AccountTest {
    private static final Account JANE = new Account("https://id.example.org", "u-1");

    @TempDir Path directory;
    private Fixture fixture;

    @BeforeEach
    void open() {
        fixture = new Fixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Identity enter(Account account, String name, Role role) {
        SignIn result = fixture.auth().signIn(new Oidc.Person(account, name, role), Fixture.HOME);
        assertThat(result).isInstanceOf(SignIn.Granted.class);
        return ((SignIn.Granted) result).identity();
    }

    private void refused(Account account, String name, Role role, Reason reason) {
        assertThatExceptionOfType(AuthException.class)
                .isThrownBy(() -> enter(account, name, role))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void they_are_known_by_their_account_whatever_they_are_called_there_and_over_a_restart() {
        assertThat(enter(JANE, "Jane", Role.VIEWER).user()).isEqualTo("jane");
        fixture.restartAll();
        Identity again = enter(JANE, "jane.married", Role.ANALYST);
        assertThat(again.user()).isEqualTo("jane");
        assertThat(again.role()).isEqualTo(Role.ANALYST);
        assertThat(fixture.auth().users().list()).hasSize(2); // and the first administrator
    }

    @Test
    void nobody_gets_a_name_that_is_somebody_elses() {
        fixture.user("kim", Role.VIEWER);
        enter(JANE, "jane", Role.VIEWER);
        Account other = new Account(JANE.issuer(), "u-2");
        refused(other, "Jane", Role.ADMIN, Reason.CONFLICT);
        refused(other, "kim", Role.ADMIN, Reason.CONFLICT);
        refused(other, "admin", Role.ADMIN, Reason.CONFLICT);
        refused(
                new Account("https://other.example.org", "u-1"),
                "jane",
                Role.ADMIN,
                Reason.CONFLICT);
        refused(other, "no good name", Role.VIEWER, Reason.INVALID);
        refused(other, "probe", Role.SENSOR, Reason.INVALID);
    }

    @Test
    void who_is_disabled_here_does_not_come_in_and_comes_back_when_enabled() {
        Identity jane = enter(JANE, "jane", Role.VIEWER);
        fixture.auth().users().disable("jane");
        assertThat(fixture.revoked).extracting(Revocation::name).contains("jane");
        refused(JANE, "jane", Role.VIEWER, Reason.DENIED);
        fixture.auth().users().enable("jane");
        assertThat(enter(JANE, "jane", Role.VIEWER).id()).isNotEqualTo(jane.id());
    }

    @Test
    void who_comes_back_in_vain_again_and_again_has_to_wait_and_nobody_else() {
        Supplier<Oidc.Person> nobody =
                () -> {
                    throw new AuthException(Reason.DENIED, "not known");
                };
        SignIn last = new SignIn.Denied();
        for (int n = 0; n < 1_000 && last instanceof SignIn.Denied; n++) {
            try {
                last = fixture.auth().signIn(nobody, Fixture.HOME);
            } catch (AuthException e) {
                assertThat(e.reason()).isEqualTo(Reason.DENIED);
            }
        }
        assertThat(last).isInstanceOf(SignIn.TooMany.class);
        Supplier<Oidc.Person> jane = () -> new Oidc.Person(JANE, "jane", Role.VIEWER);
        assertThat(fixture.auth().signIn(jane, InetAddress.ofLiteral("198.51.100.9")))
                .isInstanceOf(SignIn.Granted.class);
    }

    @Test
    void they_have_no_password_and_get_none() {
        Identity jane = enter(JANE, "jane", Role.VIEWER);
        assertThat(fixture.auth().signIn("jane", Fixture.PASSWORD, Fixture.HOME))
                .isInstanceOf(SignIn.Denied.class);
        assertThatExceptionOfType(AuthException.class)
                .isThrownBy(() -> fixture.auth().users().setPassword("jane", Fixture.PASSWORD))
                .withMessageContaining(JANE.issuer());
        assertThatExceptionOfType(AuthException.class)
                .isThrownBy(() ->
                        fixture.auth().changePassword(jane, "x", Fixture.PASSWORD, Fixture.HOME))
                .withMessageContaining(JANE.issuer());
    }

    @Test
    void the_last_administrator_is_not_taken_away_by_the_provider() {
        enter(JANE, "jane", Role.ADMIN);
        fixture.auth().users().disable("admin");
        refused(JANE, "jane", Role.VIEWER, Reason.CONFLICT);
    }
}

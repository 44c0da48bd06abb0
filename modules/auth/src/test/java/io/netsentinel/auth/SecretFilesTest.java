package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretFilesTest {
    @TempDir Path directory;

    @Test
    void the_first_start_makes_an_administrator_whose_password_is_told_once() throws IOException {
        try (Fixture fixture = new Fixture(directory)) {
            String password = fixture.auth().initialPassword().orElseThrow();
            Path file = fixture.auth().initialPasswordFile().orElseThrow();
            assertThat(password).matches("(?:[a-z0-9]{5}-){3}[a-z0-9]{5}");
            assertThat(Files.readString(file)).isEqualTo(password + "\n");
            assertThat(mode(file)).isEqualTo("rw-------");
            assertThat(fixture.auth().signIn("admin", password, Fixture.HOME))
                    .isInstanceOf(SignIn.Granted.class);

            fixture.restart();
            assertThat(fixture.auth().initialPassword()).isEmpty();
            assertThat(fixture.auth().initialPasswordFile()).contains(file);
            assertThat(fixture.auth().signIn("admin", password, Fixture.HOME))
                    .isInstanceOf(SignIn.Granted.class);
        }
    }

    @Test
    void the_file_with_the_first_password_goes_when_it_is_changed_and_not_before() {
        try (Fixture fixture = new Fixture(directory)) {
            String password = fixture.auth().initialPassword().orElseThrow();
            fixture.user("ada", Role.ADMIN);
            fixture.auth().users().setPassword("ada", "something else entirely");
            assertThat(fixture.auth().initialPasswordFile()).isPresent();
            SignIn.Granted admin =
                    (SignIn.Granted) fixture.auth().signIn("admin", password, Fixture.HOME);
            fixture.auth()
                    .changePassword(
                            admin.identity(), password, "my own secret words", Fixture.HOME);
            assertThat(fixture.auth().initialPasswordFile()).isEmpty();
            assertThat(directory.resolve("initial-admin-password")).doesNotExist();
        }
    }

    @Test
    void a_missing_data_directory_is_made_for_its_owner_only() throws IOException {
        Path missing = directory.resolve("a").resolve("b");
        try (Fixture _ = new Fixture(missing)) {
            assertThat(mode(missing.resolve("token-keys.json"))).isEqualTo("rw-------");
        }
    }

    @Test
    void two_installations_share_neither_password_nor_key() throws IOException {
        try (Fixture one = new Fixture(Files.createDirectory(directory.resolve("one")));
                Fixture other = new Fixture(Files.createDirectory(directory.resolve("other")))) {
            assertThat(one.auth().initialPassword()).isNotEqualTo(other.auth().initialPassword());
            SignIn.Granted granted =
                    (SignIn.Granted)
                            one.auth()
                                    .signIn(
                                            "admin",
                                            one.auth().initialPassword().orElseThrow(),
                                            Fixture.HOME);
            other.refused(other.auth().bearer(granted.token()));
        }
    }

    @Test
    void the_key_is_private_and_stays_the_same() throws IOException {
        Path file = directory.resolve("token-keys.json");
        KeyRing first = KeyRing.open(file);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(first.signing().getKeyBytes()).hasSize(32);
        assertThat(KeyRing.open(file).signing().keyId()).isEqualTo(first.signing().keyId());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void a_key_others_can_get_at_stops_the_start(String mode) throws IOException {
        Path file = directory.resolve("token-keys.json");
        KeyRing.open(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(() -> KeyRing.open(file))
                .isInstanceOf(AuthFilesException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600")
                .hasMessageMatching("[^\\n]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"keys\":{}}",
                "{\"keys\":[]}",
                "{\"keys\":[1]}",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"alg\":\"HS256\",\"k\":\"c2hvcnQ\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"alg\":\"HS256\",\"k\":\"***\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"alg\":\"none\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"alg\":\"RS256\",\"n\":\"AA\",\"e\":\"AQAB\"}]}"
            })
    void a_key_file_that_is_not_right_stops_the_start(String content) throws IOException {
        Path file = directory.resolve("token-keys.json");
        PrivateFiles.write(file, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThatThrownBy(() -> KeyRing.open(file))
                .isInstanceOf(AuthFilesException.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("c2hvcnQ");
        assertThat(Files.readString(file)).isEqualTo(content);
    }

    @Test
    void a_directory_that_cannot_be_written_is_named() {
        Path file = directory.resolve("missing").resolve("token-keys.json");
        assertThatThrownBy(() -> KeyRing.open(file))
                .isInstanceOf(AuthFilesException.class)
                .hasMessageContaining(file.toString());
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}

package io.netsentinel.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationLoaderTest {
    @TempDir private Path folder;

    @Test
    void withoutAnythingEveryKeyHasItsFallback() {
        Configuration configuration = new ConfigurationLoader().load();
        assertThat(configuration.get(ServerKeys.HOST)).isEqualTo("127.0.0.1");
        assertThat(configuration.get(ServerKeys.PORT_NUMBER)).isEqualTo(8082);
        assertThat(configuration.find(ServerKeys.DATA)).isEmpty();
    }

    @Test
    void theCommandLineWinsOverTheEnvironmentWhichWinsOverTheFile() throws IOException {
        Path file = file("port: 1\nhost: a\nretention.max-age: 3d");
        Configuration configuration =
                new ConfigurationLoader()
                        .file(file)
                        .environment(Map.of("NETSENTINEL_PORT", "2", "NETSENTINEL_HOST", "b"))
                        .option("--port", "port", "3")
                        .load();
        assertThat(configuration.get(ServerKeys.PORT_NUMBER)).isEqualTo(3);
        assertThat(configuration.get(ServerKeys.HOST)).isEqualTo("b");
        assertThat(configuration.get(RetentionKeys.MAX_AGE)).isEqualTo(Duration.ofDays(3));
        assertThat(configuration.origin("retention.max-age")).isEqualTo(file + ":3");
    }

    @Test
    void namesOfTheUsersChoiceStandInPlaceOfAStar() throws IOException {
        Path file = file("retention:\n  channels:\n    alerts: 1d\n    my.own: 2h\n");
        Configuration configuration =
                new ConfigurationLoader()
                        .file(file)
                        .environment(Map.of("NETSENTINEL_SOURCES_DMZ_PATH", "/var/log/eve.json"))
                        .load();
        assertThat(configuration.named(RetentionKeys.MAX_AGE_OF_CHANNEL))
                .isEqualTo(Map.of("alerts", Duration.ofDays(1), "my.own", Duration.ofHours(2)));
        assertThat(configuration.below(SourceKeys.PARENT))
                .containsEntry("dmz", Map.of("path", "/var/log/eve.json"));
    }

    @Test
    void everyProblemIsReportedWithItsLineAndASuggestion() throws IOException {
        Path file =
                file(
                        """
                        prot: 8082
                        host: [a, b]
                        retention:
                          max-age: 7
                          max-disk: lots
                          channels: 3d
                        sources:
                          dmz:
                            pth: /a
                        allow-plaintext: yes
                        host: c
                        data:
                        """);
        assertProblems(
                new ConfigurationLoader().file(file),
                file + ":11: host: is already set in line 2",
                file + ":1: prot: unknown key, did you mean port?",
                file + ":2: host: expected a text, found a list",
                file
                        + ":4: retention.max-age: expected a time such as 500ms, 30s, 15m, 12h, 7d or 1y, found \"7\"",
                file
                        + ":5: retention.max-disk: expected a size such as 64KiB, 512MiB or 10GiB, found \"lots\"",
                file + ":6: retention.channels: has keys below it, it takes no value",
                file + ":9: sources.dmz.pth: unknown key, did you mean sources.dmz.path?",
                file + ":10: allow-plaintext: expected true or false, found \"yes\"",
                file + ":12: data: expected a path, found nothing");
    }

    @Test
    void aFileThatIsNoYamlIsReportedWithItsLine() throws IOException {
        Path file = file("host: a\nport: {\n");
        assertThatThrownBy(() -> new ConfigurationLoader().file(file).load())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file + ":3: not valid YAML: ");
    }

    @Test
    void aFileThatIsNotThereIsReported() {
        Path file = folder.resolve("no.yaml");
        assertProblems(new ConfigurationLoader().file(file), file + ": no such file");
    }

    @Test
    void aFileThatIsOnlyAListIsReported() throws IOException {
        Path file = file("- a\n");
        assertProblems(
                new ConfigurationLoader().file(file),
                file + ":1: expected keys with values, such as port: 8082");
    }

    @Test
    void anEmptyFileAndEmptySectionsSetNothing() throws IOException {
        assertThat(new ConfigurationLoader().file(file("")).load().given()).isEmpty();
        assertThat(
                        new ConfigurationLoader()
                                .file(file("sources:\nretention:\n  channels:\n"))
                                .load()
                                .given())
                .isEmpty();
    }

    @Test
    void anUnknownEnvironmentVariableOfOursIsReportedAndOthersAreLeftAlone() {
        assertProblems(
                new ConfigurationLoader()
                        .environment(
                                Map.of(
                                        "NETSENTINEL_PROT", "1",
                                        "NETSENTINEL_JAVA_OPTS", "-Xmx1g",
                                        "PATH", "/bin")),
                "environment: NETSENTINEL_PROT: is not a setting, did you mean NETSENTINEL_PORT?");
    }

    @Test
    void aFileThatEverybodyCanWriteToIsRefused() throws IOException {
        Path file = file("port: 1\n");
        grant(file, "rw-rw-rw-");
        assertProblems(
                new ConfigurationLoader().file(file),
                "%s: %s grants others too much (rw-rw-rw-): chmod o-w %s"
                        .formatted(file, file, file));
        grant(file, "rw-rw-r--");
        assertThat(new ConfigurationLoader().file(file).load().warnings()).isEmpty();
    }

    @Test
    void aPrivateKeyThatEverybodyCanReadIsRefusedAndOneForAGroupIsTold() throws IOException {
        Path key = Files.writeString(folder.resolve("key.pem"), "secret");
        Path file = file("tls.certificate: c.pem\ntls.key: " + key);
        grant(key, "rw-r--r--");
        assertProblems(
                new ConfigurationLoader().file(file),
                "%s:2: tls.key: %s grants others too much (rw-r--r--): chmod 640 %s"
                        .formatted(file, key, key));
        grant(key, "rw-r-----");
        assertThat(new ConfigurationLoader().file(file).load().warnings())
                .containsExactly(
                        "%s:2: tls.key: %s grants others too much (rw-r-----): chmod 600 %s"
                                .formatted(file, key, key));
        grant(key, "rw-------");
        assertThat(new ConfigurationLoader().file(file).load().warnings()).isEmpty();
    }

    @Test
    void theRightsOfAFileBehindALinkCount() throws IOException {
        Path key = Files.writeString(folder.resolve("key.pem"), "secret");
        grant(key, "rw----r--");
        Path link = Files.createSymbolicLink(folder.resolve("link.pem"), key);
        assertThat(FileRights.OWNER_ONLY.exceededBy(link)).isPresent();
        assertThat(FileRights.OWNER_ONLY.exceededBy(folder.resolve("none"))).isEmpty();
        grant(key, "r--------");
        assertThat(FileRights.OWNER_ONLY.exceededBy(link)).isEmpty();
    }

    private static void grant(Path file, String rights) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("netsentinel.yaml"), text);
    }

    private static void assertProblems(ConfigurationLoader loader, String... lines) {
        assertThatThrownBy(loader::load)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(String.join("\n", lines));
    }
}

package io.netsentinel.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.app.config.ConfigurationException;
import io.netsentinel.app.config.ConfigurationLoader;
import io.netsentinel.auth.ChannelGrant;
import io.netsentinel.auth.OutsideSettings;
import io.netsentinel.auth.Rights;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.ChannelPolicy;
import io.netsentinel.channels.Lag;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the configuration says about roles, identity providers and channels reaches the modules.
final class RightsSettingsTest {
    @TempDir private Path folder;

    private Settings settings(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), yaml);
        Shell shell =
                new Shell(
                        InputStream.nullInputStream(),
                        new PrintStream(OutputStream.nullOutputStream()),
                        new PrintStream(OutputStream.nullOutputStream()),
                        Map.of(),
                        folder);
        return Settings.of(new ConfigurationLoader().file(file).load(), shell);
    }

    @Test
    void rolesAreNarrowedToChannelsAndRows() throws IOException {
        Map<Role, Rights> rights =
                settings(
                                """
                                auth:
                                  channels:
                                    viewer: [alerts, "lab.*:subscribe+history"]
                                    sensor: [network]
                                  rows:
                                    viewer: source.ip in 10.1.0.0/16
                                """)
                        .auth()
                        .rights();
        assertThat(
                        Objects.requireNonNull(rights.get(Role.VIEWER)).grants().stream()
                                .map(ChannelGrant::text))
                .containsExactly("alerts", "lab.*:subscribe+history");
        assertThat(rights.get(Role.VIEWER).rows().orElseThrow().text())
                .isEqualTo("source.ip in 10.1.0.0/16");
        assertThat(Objects.requireNonNull(rights.get(Role.SENSOR)).grants()).hasSize(1);
        assertThat(rights.get(Role.ANALYST)).isEqualTo(Rights.all());
    }

    @Test
    void anIdentityProviderIsTakenWithItsClaims() throws IOException {
        OutsideSettings outside =
                settings(
                                """
                                auth.jwks:
                                  url: https://id.example.org/keys
                                  issuer: https://id.example.org/
                                  audience: netsentinel
                                  role-claim: realm_access.roles
                                  roles:
                                    soc: analyst
                                  default-role: viewer
                                  rows-claim: rows
                                  refetch: 1m
                                """)
                        .auth()
                        .outside()
                        .orElseThrow();
        assertThat(outside.claims().roles()).isEqualTo(Map.of("soc", Role.ANALYST));
        assertThat(outside.claims().role()).isEqualTo("realm_access.roles");
        assertThat(outside.claims().otherwise()).contains(Role.VIEWER);
        assertThat(outside.claims().rows()).contains("rows");
        assertThat(outside.claims().channels()).isEmpty();
        assertThat(outside.keys().refetch()).isEqualTo(Duration.ofMinutes(1));
        assertThat(outside.keys().url().orElseThrow()).hasToString("https://id.example.org/keys");
        assertThat(outside.types()).containsExactly("at+jwt");
        assertThat(settings("").auth().outside()).isEmpty();
    }

    @Test
    void channelsAreTreatedAsTheirNamesSay() throws IOException {
        Settings settings =
                settings(
                        """
                        channels:
                          ml:
                            key: ns.model.id
                            on-lag: coalesce
                            lag-after: 5s
                          lab.one:
                            presence: true
                            priority: 3
                            latency: 5ms
                        retention.channels.ml: 1d
                        """);
        ChannelPolicy ml = settings.hub().policyOf("ml");
        assertThat(ml.key()).isEqualTo("ns.model.id");
        assertThat(ml.onLag()).isEqualTo(Lag.COALESCE);
        assertThat(ml.lagAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ml.retention()).isEqualTo(Duration.ofDays(1));
        ChannelPolicy lab = settings.hub().policyOf("lab.one");
        assertThat(lab.presence()).isTrue();
        assertThat(lab.priority()).isEqualTo(3);
        assertThat(lab.latency()).isEqualTo(Duration.ofMillis(5));
        assertThat(lab.onLag()).isEqualTo(Lag.LAG);
        assertThat(settings.hub().policyOf("packets").onLag()).isEqualTo(Lag.SAMPLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth.channels.viewer: [alerts:read]|history",
                "auth.rows.viewer: not url.path = x|url.path",
                "auth.rows.viewer: severity >|column"
            })
    void whatIsNotUnderstoodNamesFileLineAndKey(String yaml, String said) {
        assertThatThrownBy(() -> settings(yaml))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth.jwks.issuer: x|auth.jwks.file",
                "auth.jwks.url: https://id.example.org/|issuer",
                "auth.jwks.url: http://id.example.org/|https",
                "channels.ml.on-lag: coalesce|key",
                "channels.stats.presence: true|reserved"
            })
    void whatDoesNotFitTogetherSaysWhatIsMissing(String yaml, String said) {
        assertThatThrownBy(() -> settings(yaml))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(said);
    }
}

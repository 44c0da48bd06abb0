package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.transport.ServerException.Reason;
import io.netsentinel.transport.ServerSettings.Names;
import io.netsentinel.transport.ServerSettings.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    @TempDir Path directory;

    @Test
    void the_defaults() {
        ServerSettings settings = ServerSettings.defaults();
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8082);
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.allowPlaintext()).isFalse();
        assertThat(settings.names()).isEqualTo(Names.none());
        ServerSettings.Limits limits = settings.limits();
        assertThat(limits.requestLine()).isEqualTo(4_096);
        assertThat(limits.headers()).isEqualTo(16_384);
        assertThat(limits.body()).isEqualTo(1_048_576);
        assertThat(limits.connections()).isEqualTo(50_000);
        assertThat(limits.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(limits.bodyTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(limits.idleTimeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void plain_http_stays_on_this_machine_unless_it_is_allowed_elsewhere() {
        for (String host : List.of("0.0.0.0", "::", "192.0.2.1")) {
            refused(ServerSettings.defaults().withHost(host), "allow-plaintext", host);
        }
        for (String host : List.of("127.0.0.1", "127.1.2.3", "::1", "localhost")) {
            assertThatCode(ServerSettings.defaults().withHost(host)::check)
                    .doesNotThrowAnyException();
        }
        assertThatCode(ServerSettings.defaults().withHost("0.0.0.0").withPlaintextAllowed()::check)
                .doesNotThrowAnyException();
    }

    @Test
    void the_echo_for_conformance_suites_stays_on_this_machine() {
        assertThat(ServerSettings.defaults().conformanceEcho()).isFalse();
        refused(
                ServerSettings.defaults()
                        .withPlaintextAllowed()
                        .withConformanceEcho()
                        .withHost("0.0.0.0"),
                "conformance-echo",
                "0.0.0.0");
        assertThatCode(ServerSettings.defaults().withConformanceEcho()::check)
                .doesNotThrowAnyException();
    }

    @Test
    void proxies_and_the_public_address_must_be_what_they_are_called() {
        refused(named(Optional.empty(), List.of("10.0.0.0/33")), "proxies", "10.0.0.0/33");
        refused(named(Optional.empty(), List.of("proxy.example")), "proxies", "proxy.example");
        for (String url :
                List.of(
                        "soc.example",
                        "ftp://soc.example",
                        "https:///x",
                        "https://soc.example/x")) {
            refused(named(Optional.of(URI.create(url)), List.of()), "public-url");
        }
    }

    @Test
    void tls_files_must_be_readable_and_fit_together() throws IOException {
        Path nothing = directory.resolve("none.pem");
        Path text = Files.writeString(directory.resolve("text.pem"), "hello");
        Path pkcs1 =
                Files.writeString(
                        directory.resolve("old.pem"),
                        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        TestCertificate one = TestCertificate.create(directory, "one");
        TestCertificate other = TestCertificate.create(directory, "other");
        refused(tls(nothing, one.key()), nothing.toString());
        refused(tls(text, one.key()), text.toString());
        refused(tls(one.certificate(), nothing), nothing.toString());
        refused(tls(one.certificate(), text), text.toString(), "private key");
        refused(tls(one.certificate(), pkcs1), "openssl pkcs8");
        refused(tls(one.certificate(), other.key()), other.key().toString(), "is not that of");
        assertThatCode(tls(one.certificate(), one.key())::check).doesNotThrowAnyException();
    }

    @Test
    void a_port_that_is_taken_is_told_with_its_owner() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            new TestServer(
                                    directory,
                                    ServerSettings.defaults().withPort(taken.getLocalPort())))
                    .isInstanceOfSatisfying(
                            ServerException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.PORT_IN_USE))
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("pid " + ProcessHandle.current().pid())
                    .hasMessageMatching("[^\\n]+");
        }
    }

    @Test
    void an_address_of_another_machine_cannot_be_bound() {
        assertThatThrownBy(() ->
                        new TestServer(
                                directory,
                                ServerSettings.defaults()
                                        .withHost("192.0.2.1")
                                        .withPort(18_082)
                                        .withPlaintextAllowed()))
                .isInstanceOfSatisfying(
                        ServerException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CANNOT_BIND))
                .hasMessageContaining("192.0.2.1");
    }

    @Test
    void the_proxy_protocol_is_not_taken_from_just_anybody() {
        Names anybody = new Names(Optional.empty(), List.of(), List.of(), List.of(), true);
        refused(
                ServerSettings.defaults().withNames(anybody),
                "proxy-protocol: true needs trusted-proxies");
        Names ours = new Names(Optional.empty(), List.of(), List.of(), List.of("10.0.0.1"), true);
        ServerSettings.defaults().withNames(ours).check();
    }

    private ServerSettings tls(Path certificate, Path key) {
        return ServerSettings.defaults().withTls(new TlsFiles(certificate, key));
    }

    private static ServerSettings named(Optional<URI> publicUrl, List<String> proxies) {
        return ServerSettings.defaults()
                .withNames(new Names(publicUrl, List.of(), List.of(), proxies));
    }

    private static void refused(ServerSettings settings, String... words) {
        assertThatThrownBy(settings::check)
                .isInstanceOfSatisfying(
                        ServerException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.SETTINGS))
                .message()
                .contains(words)
                .matches("[^\\n]+");
    }
}

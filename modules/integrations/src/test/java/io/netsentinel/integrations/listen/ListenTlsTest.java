package io.netsentinel.integrations.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.ListenSettings;
import io.netsentinel.integrations.SourceStatus.State;
import io.netsentinel.integrations.TestCertificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenTlsTest {
    @TempDir private static Path keys;
    private static KeyStore server;
    private static KeyStore client;

    @TempDir private Path temporary;
    private Lab lab;

    @BeforeAll
    static void make() {
        server = TestCertificate.make(keys, "server", "ip:127.0.0.1").store();
        client = TestCertificate.make(keys, "client", "ip:127.0.0.1").store();
    }

    @BeforeEach
    void open() {
        lab = new Lab(temporary, "unused");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private static ListenSettings settings(Optional<Path> authority) {
        return ListenSettings.of("lab", "tls://127.0.0.1:0", "syslog")
                .withTls(
                        new ListenSettings.Tls(
                                keys.resolve("server.crt"), keys.resolve("server.key"), authority));
    }

    private int listen(Optional<Path> authority) {
        lab.start(new ListenSource(settings(authority)));
        lab.await(() -> !lab.status().path().endsWith(":0"));
        return URI.create(lab.status().path()).getPort();
    }

    private static void send(int port, boolean certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, TestCertificate.password());
        trusted.setCertificateEntry("server", server.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(client, TestCertificate.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate ? own.getKeyManagers() : null, trust.getTrustManagers(), null);
        try (Socket socket =
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            OutputStream out = socket.getOutputStream();
            out.write("12 <13>over TLS".getBytes(UTF_8));
            out.flush();
        }
    }

    @Test
    void messagesOverTlsAreTaken() throws Exception {
        send(listen(Optional.empty()), false);
        lab.await(() -> lab.tail(Channel.LOGS) == 1);
    }

    @Test
    void onlyThoseWithACertificateThatIsAskedForAreTaken() throws Exception {
        int port = listen(Optional.of(keys.resolve("client.crt")));
        try {
            send(port, false);
        } catch (IOException _) {
            // the client may notice at once or not at all
        }
        lab.await(() -> lab.status().refused() == 1);
        assertThat(lab.status().lastError()).contains("the TLS handshake failed");
        send(port, true);
        lab.await(() -> lab.tail(Channel.LOGS) == 1);
        assertThat(lab.status().state()).isEqualTo(State.LIVE);
    }

    @Test
    void whoDoesNotSpeakTlsIsTurnedAway() throws Exception {
        int port = listen(Optional.empty());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("<13>in the clear\n".getBytes(UTF_8));
            lab.await(() -> lab.status().refused() == 1);
        }
        assertThat(lab.tail(Channel.LOGS)).isZero();
    }

    @Test
    void aFileThatIsNoKeyIsNamed() {
        lab.start(
                new ListenSource(
                        ListenSettings.of("lab", "tls://127.0.0.1:0", "syslog")
                                .withTls(
                                        new ListenSettings.Tls(
                                                keys.resolve("server.crt"),
                                                keys.resolve("server.crt"),
                                                Optional.empty()))));
        lab.await(() -> lab.status().state() == State.FAILED);
        assertThat(lab.status().lastError()).contains("server.crt").contains("openssl pkcs8");
    }
}

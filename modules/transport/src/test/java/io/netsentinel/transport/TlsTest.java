package io.netsentinel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.tls.Tls;
import io.netsentinel.transport.ServerSettings.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsTest {
    @TempDir Path directory;

    @Test
    void under_tls_the_cookie_is_bound_to_the_host_and_browsers_are_told_to_stay()
            throws Exception {
        TestCertificate certificate = TestCertificate.create(directory, "one");
        try (TestServer server = server(certificate)) {
            String body =
                    "{\"username\":\"viewer-1\",\"password\":\"" + TestServer.PASSWORD + "\"}";
            Raw.Reply reply =
                    exchange(
                            server.port(),
                            "POST /api/login HTTP/1.1\r\nHost: localhost:"
                                    + server.port()
                                    + "\r\nOrigin: https://localhost:"
                                    + server.port()
                                    + "\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length()
                                    + "\r\nConnection: close\r\n\r\n"
                                    + body);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Set-Cookie"))
                    .startsWith("__Host-ns=")
                    .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/");
            assertThat(reply.header("Strict-Transport-Security"))
                    .isEqualTo("max-age=31536000; includeSubDomains");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void both_safe_versions_are_spoken(String version) throws Exception {
        try (TestServer server = server(TestCertificate.create(directory, "one"));
                SSLSocket socket = connect(server.port())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    @Test
    void plain_http_gets_no_answer_on_the_tls_port() {
        try (TestServer server = server(TestCertificate.create(directory, "one"))) {
            assertThat(server.raw().get("/health/live").status()).isNotEqualTo(200);
        }
    }

    @Test
    void new_files_are_taken_and_wrong_ones_are_not() throws Exception {
        TestCertificate used = TestCertificate.create(directory, "used");
        TestCertificate next = TestCertificate.create(directory, "next");
        BlockingQueue<Tls> taken = new ArrayBlockingQueue<>(10);
        try (TlsSource source = new TlsSource(new TlsFiles(used.certificate(), used.key()))) {
            Tls before = source.current();
            source.watch(Duration.ofMillis(20), taken::add);
            // a pair that does not fit: the certificate alone has changed
            replace(next.certificate(), used.certificate(), 1);
            assertThat(taken.poll(300, TimeUnit.MILLISECONDS)).isNull();
            assertThat(source.current()).isSameAs(before);
            replace(next.key(), used.key(), 2);
            Tls fresh = taken.poll(20, TimeUnit.SECONDS);
            assertThat(fresh).isNotNull().isNotSameAs(before);
        }
    }

    private TestServer server(TestCertificate certificate) {
        return new TestServer(
                directory,
                ServerSettings.defaults()
                        .withTls(new TlsFiles(certificate.certificate(), certificate.key())));
    }

    private static void replace(Path from, Path to, int minutesLater) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(
                to, FileTime.from(Instant.now().plus(Duration.ofMinutes(minutesLater))));
    }

    private static Raw.Reply exchange(int port, String request) throws Exception {
        try (SSLSocket socket = connect(port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return Raw.parse(
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static SSLSocket connect(int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAnything()}, new SecureRandom());
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /// The certificate was made a moment ago by this very test.
    private static final class TrustAnything extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(
                X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(
                X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

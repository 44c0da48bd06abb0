package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A server behind a real nginx and a real HAProxy, with the configurations of `docs/proxies`. The
/// client comes from another loopback address than the proxies, so that it can be told who is who.
@EnabledIf(value = "installed", disabledReason = "needs nginx, HAProxy and openssl")
final class ProxiesIT {
    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final String CLIENT = "127.0.0.2";
    private static final String LIE = "203.0.113.9";
    private static final int EVENTS = 5;

    @TempDir private static Path folder;
    private static final List<Process> proxies = new ArrayList<>();
    private static ServerProcess plain;
    private static ServerProcess encrypted;
    private static HttpClient client;
    private static URI nginx;
    private static URI haproxy;
    private static URI passing;

    static boolean installed() {
        return Files.isExecutable(NGINX)
                && Files.isExecutable(HAPROXY)
                && Files.isExecutable(Path.of("/usr/bin/openssl"));
    }

    @BeforeAll
    static void start() throws IOException {
        Certificates.make(folder);
        client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(Certificates.trusting(folder))
                        .localAddress(InetAddress.ofLiteral(CLIENT))
                        .build();
        nginx = free();
        haproxy = free();
        passing = free();
        plain =
                serve(
                        "plain",
                        Map.of("PUBLIC_URL", nginx.toString(), "ALLOWED_ORIGINS", "" + haproxy));
        encrypted =
                serve(
                        "encrypted",
                        Map.of(
                                "PUBLIC_URL",
                                passing.toString(),
                                "PROXY_PROTOCOL",
                                "true",
                                "TLS_CERTIFICATE",
                                folder.resolve("chain.pem").toString(),
                                "TLS_KEY",
                                folder.resolve("key.pem").toString(),
                                "LIMITS_REQUEST_TIMEOUT",
                                "2s"));
        Path site = sample("nginx.conf", "443 ssl", nginx, plain);
        Path main =
                Files.writeString(
                        folder.resolve("main.conf"),
                        """
                        daemon off; pid %1$s/nginx.pid; user root; error_log %1$s/nginx.log;
                        events {}
                        http {
                            access_log off; client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxied;
                            include %2$s;
                        }
                        """
                                .formatted(folder, site));
        run(NGINX.toString(), "-c", main.toString(), "-e", folder + "/nginx.log");
        run(HAPROXY.toString(), "-f", sample("haproxy.cfg", ":443", haproxy, plain).toString());
        run(HAPROXY.toString(), "-f", sample("haproxy-tcp.cfg", ":443", passing, encrypted) + "");
        for (URI proxy : List.of(nginx, haproxy, passing)) {
            Await.until(proxy + " passes requests on", () -> ready(proxy));
        }
    }

    private static URI free() {
        return URI.create("https://localhost:" + ServerProcess.freePort());
    }

    private static ServerProcess serve(String name, Map<String, String> settings)
            throws IOException {
        Path data = Files.createDirectory(folder.resolve(name));
        Launch launch =
                Launch.of("serve", "--data", data.toString(), "--port", "0")
                        .environment("NETSENTINEL_TRUSTED_PROXIES", "127.0.0.1");
        settings.forEach((key, value) -> launch.environment("NETSENTINEL_" + key, value));
        return ServerProcess.start(launch, folder.resolve(name + ".log"));
    }

    /// A configuration of the documentation, with the addresses and files of this test.
    private static Path sample(String name, String listen, URI proxy, ServerProcess server)
            throws IOException {
        String text = Files.readString(Distribution.home().resolve("docs/proxies").resolve(name));
        String here = "127.0.0.1:" + proxy.getPort() + listen.replaceFirst("^:?443", "");
        for (String part : List.of(" " + listen, "127.0.0.1:8082")) {
            assertThat(text).contains(part);
        }
        return Files.writeString(
                folder.resolve(name),
                text.replace(" " + listen, " " + here)
                        .replace("127.0.0.1:8082", "127.0.0.1:" + server.port())
                        .replace("/etc/netsentinel/", folder + "/"));
    }

    private static void run(String... command) throws IOException {
        Path log = folder.resolve("proxy-" + proxies.size() + ".log");
        proxies.add(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start());
    }

    private static boolean ready(URI proxy) {
        try {
            HttpRequest request = HttpRequest.newBuilder(proxy.resolve("/health/ready")).build();
            return client.send(request, BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stop() {
        proxies.forEach(Process::destroy);
        plain.close();
        encrypted.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder post(URI to, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(to.resolve(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static String credentials(String data) throws IOException {
        String password = Files.readString(folder.resolve(data).resolve("initial-admin-password"));
        return "{\"username\":\"admin\",\"password\":\"%s\"}".formatted(password.strip());
    }

    @Test
    void nginxPassesPagesStreamsAndTheClientsAddressOn() throws Exception {
        everythingWorks(nginx, "plain");
    }

    @Test
    void haproxyDoesTheSame() throws Exception {
        everythingWorks(haproxy, "plain");
    }

    @Test
    void haproxyThatOnlyPassesBytesOnTellsTheAddressByTheProxyProtocol() throws Exception {
        everythingWorks(passing, "encrypted");
    }

    /// As a browser: signs in, looks at a page, opens a socket with the cookie, and sees what a
    /// sensor posts.
    private static void everythingWorks(URI proxy, String data) throws Exception {
        HttpResponse<String> login =
                send(
                        post(
                                proxy,
                                "/api/login",
                                credentials(data),
                                "Origin",
                                proxy.toString(),
                                "X-Forwarded-For",
                                LIE));
        assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
        String cookie = login.headers().firstValue("Set-Cookie").orElse("");
        assertThat(cookie).startsWith("__Host-ns=").contains("Secure", "HttpOnly");
        assertThat(login.headers().firstValue("Strict-Transport-Security")).isPresent();
        String token = HttpApi.parse(login.body()).path("token").asText();
        HttpResponse<String> page =
                send(
                        HttpRequest.newBuilder(proxy.resolve("/alerts"))
                                .header("Cookie", cookie.split(";", 2)[0]));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("</html>");

        Stream stream = new Stream();
        WebSocket socket =
                client.newWebSocketBuilder()
                        .header("Cookie", cookie.split(";", 2)[0])
                        .header("Origin", proxy.toString())
                        .buildAsync(
                                URI.create(proxy.toString().replace("https", "wss") + "/ws/alerts"),
                                stream)
                        .join();
        stream.awaitMessage("subscribed");
        HttpResponse<String> posted =
                send(
                        post(
                                proxy,
                                "/api/events?format=eve",
                                Eve.alerts(proxy.getPort() + "-", 0, EVENTS),
                                "Authorization",
                                "Bearer " + token));
        assertThat(HttpApi.parse(posted.body()).path("accepted").asInt()).isEqualTo(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            stream.awaitMessage("\"event\"");
        }
        JsonNode connections = get(proxy, "/ws/connections", token).path("connections");
        assertThat(connections).hasSize(1);
        assertThat(connections.path(0).path("address").asText()).isEqualTo(CLIENT);
        socket.abort();
        assertThat(get(proxy, "/api/audit?limit=100", token).toString())
                .contains(CLIENT)
                .doesNotContain(LIE);
        String body = Eve.alerts(proxy.getPort() + "-large-", 0, 3_000);
        assertThat(body.length()).isGreaterThan(1 << 20);
        HttpResponse<String> large =
                send(
                        post(
                                proxy,
                                "/api/events?format=eve",
                                body,
                                "Authorization",
                                "Bearer " + token));
        assertThat(HttpApi.parse(large.body()).path("accepted").asInt()).isEqualTo(3_000);
    }

    private static JsonNode get(URI proxy, String path, String token) {
        return HttpApi.json(
                send(
                        HttpRequest.newBuilder(proxy.resolve(path))
                                .header("Authorization", "Bearer " + token)));
    }

    @Test
    void whoIsNoProxyCannotSayWhereTheyComeFrom() throws IOException {
        URI direct = plain.address();
        String wrong = "{\"username\":\"liar\",\"password\":\"wrong wrong wrong\"}";
        HttpResponse<String> answer =
                send(
                        post(
                                direct,
                                "/api/login",
                                wrong,
                                "X-Forwarded-For",
                                LIE,
                                "X-Forwarded-Host",
                                "evil.example.org"));
        assertThat(answer.statusCode()).isEqualTo(401);
        HttpResponse<String> login = send(post(direct, "/api/login", credentials("plain")));
        String token = HttpApi.parse(login.body()).path("token").asText();
        Await.until(
                "the refusal is in the audit trail",
                () -> get(direct, "/api/audit", token).toString().contains("liar"));
        assertThat(get(direct, "/api/audit", token).toString())
                .contains(CLIENT)
                .doesNotContain(LIE);
    }

    @Test
    void theProxyProtocolIsBelievedOfProxiesOnlyAndNobodyDoesWithoutIt() throws IOException {
        String header = "PROXY TCP4 %s 127.0.0.1 4711 443\r\n".formatted(LIE);
        String request =
                "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        assertThat(answer("127.0.0.1", header, request)).startsWith("HTTP/1.1 200");
        assertThat(answer(CLIENT, header, request)).startsWith("HTTP/1.1 421");
        try (Socket silent = connect(CLIENT)) {
            assertThat(heard(silent)).as("closed after two seconds").isEmpty();
        }
        try (Socket without = connect(CLIENT)) {
            without.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(heard(without)).doesNotContain("200");
        }
    }

    /// What comes until the other side closes or resets the connection.
    private static String heard(Socket socket) throws IOException {
        StringBuilder heard = new StringBuilder();
        try {
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                heard.append((char) next);
            }
        } catch (SocketException _) {
            // reset
        }
        return heard.toString();
    }

    private static Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(20_000);
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), encrypted.port()));
        return socket;
    }

    private static String answer(String from, String header, String request) throws IOException {
        SSLContext context = Certificates.trusting(folder);
        try (Socket socket = connect(from)) {
            socket.getOutputStream().write(header.getBytes(StandardCharsets.US_ASCII));
            try (SSLSocket tls =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(socket, "localhost", encrypted.port(), true)) {
                tls.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                return new String(tls.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }

    /// What comes over a WebSocket.
    private static final class Stream implements WebSocket.Listener {
        private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonNode frame = HttpApi.parse(text.toString());
                text.setLength(0);
                if (frame.isArray()) {
                    frame.forEach(messages::add);
                } else {
                    messages.add(frame);
                }
            }
            socket.request(1);
            return java.util.concurrent.CompletableFuture.completedStage(null);
        }

        /// Waits for the next message that holds this.
        void awaitMessage(String part) throws InterruptedException {
            while (true) {
                JsonNode message = messages.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(message).as("a message with " + part).isNotNull();
                if (message.toString().contains(part)) {
                    return;
                }
            }
        }
    }
}

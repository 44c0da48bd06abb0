package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sensors that sign in by the certificate of their TLS connection, with curl and with Java.
final class ClientCertificatesIT {
    private static final String PASSWORD = "of a test";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir private Path folder;

    private String run(String... words) throws IOException {
        Process process =
                new ProcessBuilder(List.of(words))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return process.waitFor() == 0 ? said : said + "\nexit " + process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void authority(String name) throws IOException {
        assertThat(
                        run(
                                "openssl",
                                "req",
                                "-x509",
                                "-newkey",
                                "ec",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-nodes",
                                "-keyout",
                                name + "-key.pem",
                                "-out",
                                name + ".pem",
                                "-days",
                                "2",
                                "-subj",
                                "/CN=" + name))
                .doesNotContain("exit ");
    }

    /// `FILE.pem`, `FILE-key.pem` and both in `FILE.p12`.
    private void client(String file, String subject, String authority, int days)
            throws IOException {
        requested(file, subject);
        assertThat(
                        run(
                                "openssl",
                                "x509",
                                "-req",
                                "-in",
                                file + ".csr",
                                "-CA",
                                authority + ".pem",
                                "-CAkey",
                                authority + "-key.pem",
                                "-CAcreateserial",
                                "-days",
                                Integer.toString(days),
                                "-out",
                                file + ".pem"))
                .doesNotContain("exit ");
        packed(file);
    }

    /// The same with an end that is near.
    ///
    /// @return the end
    private Instant endingSoon(String file, String authority) throws IOException {
        Files.writeString(folder.resolve("issued.txt"), "");
        Files.writeString(folder.resolve("serial.txt"), "1000");
        Files.writeString(
                folder.resolve("authority.cnf"),
                """
                [ca]
                default_ca = here
                [here]
                database = issued.txt
                serial = serial.txt
                new_certs_dir = .
                default_md = sha256
                policy = names
                [names]
                commonName = supplied
                """);
        // reckoned when all is there: on a busy machine each program takes its time
        Instant end = Instant.now().plus(SOON).truncatedTo(ChronoUnit.SECONDS);
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
        assertThat(
                        run(
                                "openssl",
                                "ca",
                                "-batch",
                                "-notext",
                                "-config",
                                "authority.cnf",
                                "-cert",
                                authority + ".pem",
                                "-keyfile",
                                authority + "-key.pem",
                                "-startdate",
                                time.format(end.minus(Duration.ofHours(1))),
                                "-enddate",
                                time.format(end),
                                "-in",
                                file + ".csr",
                                "-out",
                                file + ".pem"))
                .doesNotContain("exit ");
        packed(file);
        return end;
    }

    private void requested(String file, String subject) throws IOException {
        assertThat(
                        run(
                                "openssl",
                                "req",
                                "-newkey",
                                "ec",
                                "-pkeyopt",
                                "ec_paramgen_curve:P-256",
                                "-nodes",
                                "-keyout",
                                file + "-key.pem",
                                "-out",
                                file + ".csr",
                                "-subj",
                                subject))
                .doesNotContain("exit ");
    }

    private void packed(String file) throws IOException {
        assertThat(
                        run(
                                "openssl",
                                "pkcs12",
                                "-export",
                                "-in",
                                file + ".pem",
                                "-inkey",
                                file + "-key.pem",
                                "-out",
                                file + ".p12",
                                "-passout",
                                "pass:" + PASSWORD))
                .doesNotContain("exit ");
    }

    private Launch launch(Path data, String role) {
        return Launch.of("serve", "--data", data.toString(), "--port", "0")
                .environment("NETSENTINEL_TLS_CERTIFICATE", folder.resolve("chain.pem").toString())
                .environment("NETSENTINEL_TLS_KEY", folder.resolve("key.pem").toString())
                .environment("NETSENTINEL_TLS_CLIENT_CA", folder.resolve("sensors.pem").toString())
                .environment("NETSENTINEL_TLS_CLIENT_ROLE", role);
    }

    private ServerProcess start(String role) {
        return ServerProcess.start(launch(folder.resolve("data"), role), folder.resolve("log"));
    }

    private HttpClient java(String file) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore store = KeyStore.getInstance("PKCS12");
        if (file.isEmpty()) {
            store.load(null, null);
        } else {
            try (var in = Files.newInputStream(folder.resolve(file + ".p12"))) {
                store.load(in, PASSWORD.toCharArray());
            }
        }
        keys.init(store, PASSWORD.toCharArray());
        KeyStore server = KeyStore.getInstance(KeyStore.getDefaultType());
        server.load(null, null);
        try (var in = Files.newInputStream(folder.resolve("chain.pem"))) {
            server.setCertificateEntry(
                    "server",
                    java.security.cert.CertificateFactory.getInstance("X.509")
                            .generateCertificate(in));
        }
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(server);
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static HttpRequest.Builder events(ServerProcess server, String mark) {
        return HttpRequest.newBuilder(server.address().resolve("/api/events?format=eve"))
                .POST(BodyPublishers.ofString(Eve.alert(mark)));
    }

    private static int status(HttpClient client, HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    private String curl(ServerProcess server, String path, String... more) throws IOException {
        List<String> words =
                new java.util.ArrayList<>(
                        List.of(
                                "curl",
                                "-sS",
                                "--cacert",
                                "chain.pem",
                                "-w",
                                "\nstatus %{http_code}\n"));
        words.addAll(List.of(more));
        words.add(server.address().resolve(path).toString());
        return run(words.toArray(String[]::new));
    }

    private void make() throws IOException {
        Certificates.make(folder);
        authority("sensors");
        authority("strangers");
        client("good", "/O=SOC/CN=Sensor-7", "sensors", 2);
        client("strange", "/CN=sensor-7", "strangers", 2);
        client("over", "/CN=sensor-8", "sensors", 0);
        client("nameless", "/O=no common name", "sensors", 2);
        client("admin", "/CN=admin", "sensors", 2);
        Files.writeString(folder.resolve("eve.json"), Eve.alert("by-curl"));
    }

    @Test
    void aSensorDeliversByItsCertificateAndOthersSignInAsBefore() throws Exception {
        make();
        try (ServerProcess server = start("sensor")) {
            String[] post = {"--data-binary", "@eve.json"};
            String posted =
                    curl(
                            server,
                            "/api/events?format=eve",
                            "--cert",
                            "good.pem",
                            "--key",
                            "good-key.pem",
                            post[0],
                            post[1]);
            assertThat(posted).contains("\"accepted\":1", "status 200");
            HttpClient sensor = java("good");
            assertThat(status(sensor, events(server, "by-java").build())).isEqualTo(200);
            assertThat(curl(server, "/api/alerts", "--cert", "good.pem", "--key", "good-key.pem"))
                    .contains("the role sensor may not do this", "status 403");
            assertThat(curl(server, "/alerts", "--cert", "good.pem", "--key", "good-key.pem"))
                    .contains("status 303");

            assertThat(curl(server, "/api/events?format=eve", post)).contains("status 401");
            assertThat(
                            curl(
                                    server,
                                    "/api/events?format=eve",
                                    "--cert",
                                    "strange.pem",
                                    "--key",
                                    "strange-key.pem",
                                    post[0],
                                    post[1]))
                    .contains("status 000");
            assertThat(
                            curl(
                                    server,
                                    "/api/events?format=eve",
                                    "--cert",
                                    "over.pem",
                                    "--key",
                                    "over-key.pem",
                                    post[0],
                                    post[1]))
                    .contains("status 000");
            HttpClient over = java("over");
            assertThatThrownBy(() -> status(over, events(server, "late").build()))
                    .isInstanceOf(IOException.class);
            // Java shows nothing when the server does not name its authority
            assertThat(status(java("strange"), events(server, "strange").build())).isEqualTo(401);
            assertThat(
                            curl(
                                    server,
                                    "/api/events?format=eve",
                                    "--cert",
                                    "nameless.pem",
                                    "--key",
                                    "nameless-key.pem",
                                    post[0],
                                    post[1]))
                    .contains("no common name", "status 403");
            assertThat(
                            curl(
                                    server,
                                    "/api/events?format=eve",
                                    "--cert",
                                    "admin.pem",
                                    "--key",
                                    "admin-key.pem",
                                    post[0],
                                    post[1]))
                    .contains("is that of a user", "status 403");
            assertThat(
                            status(
                                    sensor,
                                    events(server, "x")
                                            .header("Authorization", "Bearer no.such.token")
                                            .build()))
                    .isEqualTo(401);
            assertThat(
                            status(
                                    sensor,
                                    events(server, "x")
                                            .header("Origin", "https://evil.example")
                                            .build()))
                    .isEqualTo(403);

            String token = admin(server);
            JsonNode stored =
                    HttpApi.parse(
                            curl(
                                            server,
                                            "/api/events?channel=alerts&offset=0&limit=10",
                                            "-H",
                                            "Authorization: Bearer " + token)
                                    .lines()
                                    .findFirst()
                                    .orElseThrow());
            assertThat(stored.path("events")).hasSize(2);
            String audit = curl(server, "/api/audit", "-H", "Authorization: Bearer " + token);
            assertThat(audit)
                    .containsOnlyOnce("\"action\":\"certificate\"")
                    .contains("\"sensor-7\"", "CN=sensors");
        }
    }

    /// The administrator's token, by the password of the first start.
    private String admin(ServerProcess server) throws IOException {
        String password =
                Files.readString(folder.resolve("data").resolve("initial-admin-password")).strip();
        Files.writeString(
                folder.resolve("login.json"),
                "{\"username\":\"admin\",\"password\":\"" + password + "\"}");
        String answer =
                curl(
                        server,
                        "/api/login",
                        "-H",
                        "Content-Type: application/json",
                        "--data-binary",
                        "@login.json");
        return HttpApi.parse(answer.lines().findFirst().orElseThrow()).path("token").asText();
    }

    @Test
    void aSensorPublishesOverAWebSocketAndTheConfiguredRoleCounts() throws Exception {
        make();
        try (ServerProcess server = start("analyst")) {
            BlockingQueue<String> messages = new LinkedBlockingQueue<>();
            WebSocket socket = socket(java("good"), server, "/ws/alerts", messages);
            assertThat(messages.poll(30, TimeUnit.SECONDS)).contains("\"subscribed\"");
            assertThat(messages.poll(30, TimeUnit.SECONDS))
                    .contains("\"connected\"", "\"user\":\"sensor-7\"", "\"exp\":");
            socket.abort();
            server.stop();
        }
        try (ServerProcess server = start("sensor")) {
            BlockingQueue<String> messages = new LinkedBlockingQueue<>();
            WebSocket socket = socket(java("good"), server, "/ws", messages);
            socket.sendText(
                            "{\"type\":\"publish\",\"id\":1,\"channel\":\"alerts\",\"data\":{\"message\":\"x\"}}",
                            true)
                    .join();
            assertThat(messages.poll(30, TimeUnit.SECONDS)).contains("\"published\"");
            socket.sendText("{\"type\":\"subscribe\",\"id\":2,\"channel\":\"alerts\"}", true)
                    .join();
            assertThat(messages.poll(30, TimeUnit.SECONDS)).contains("\"code\":103");
            socket.abort();
        }
    }

    private static WebSocket socket(
            HttpClient client, ServerProcess server, String path, BlockingQueue<String> messages) {
        URI address = URI.create("wss://" + server.address().getAuthority() + path);
        return client.newWebSocketBuilder()
                .subprotocols("netsentinel.v1.json")
                .buildAsync(
                        address,
                        new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(
                                    WebSocket socket, CharSequence data, boolean last) {
                                messages.add(data.toString());
                                socket.request(1);
                                return CompletableFuture.completedStage("");
                            }

                            @Override
                            public CompletionStage<?> onClose(
                                    WebSocket socket, int code, String reason) {
                                messages.add("closed " + code + " " + Instant.now());
                                return CompletableFuture.completedStage("");
                            }
                        })
                .join();
    }

    @Test
    void aWebSocketEndsWithItsCertificate() throws Exception {
        make();
        try (ServerProcess server = start("analyst")) {
            requested("short", "/CN=sensor-9");
            Instant end = endingSoon("short", "sensors");
            BlockingQueue<String> messages = new LinkedBlockingQueue<>();
            socket(java("short"), server, "/ws/alerts", messages);
            String last = "";
            while (!last.startsWith("closed ")) {
                last = Objects.requireNonNull(messages.poll(90, TimeUnit.SECONDS), "no end came");
            }
            assertThat(last).startsWith("closed 4005 ");
            assertThat(Instant.parse(last.substring("closed 4005 ".length())))
                    .isAfterOrEqualTo(end);
        }
    }

    @Test
    void anotherAuthorityIsTakenWithoutARestart() throws Exception {
        make();
        try (ServerProcess server = start("sensor")) {
            assertThat(status(java("good"), events(server, "first").build())).isEqualTo(200);
            assertThat(delivers("strange", server)).isFalse();
            Files.copy(
                    folder.resolve("strangers.pem"),
                    folder.resolve("sensors.pem"),
                    StandardCopyOption.REPLACE_EXISTING);
            Await.until("the new authority counts", () -> delivers("strange", server));
            assertThat(delivers("good", server)).as("the old one counts no more").isFalse();
        }
    }

    private boolean delivers(String file, ServerProcess server) {
        try {
            return status(java(file), events(server, file).build()) == 200;
        } catch (IOException _) {
            return false;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNameInUseByACertificateIsNotGivenToAUserOrAToken() throws Exception {
        make();
        try (ServerProcess server = start("sensor")) {
            assertThat(status(java("good"), events(server, "first").build())).isEqualTo(200);
            String token = admin(server);
            Files.writeString(
                    folder.resolve("user.json"),
                    "{\"name\":\"Sensor-7\",\"role\":\"viewer\",\"password\":\"a long one for a test\"}");
            Files.writeString(
                    folder.resolve("token.json"), "{\"name\":\"sensor-7\",\"role\":\"sensor\"}");
            for (String kind : List.of("user", "token")) {
                String answer =
                        curl(
                                server,
                                "/api/" + kind + "s",
                                "-H",
                                "Authorization: Bearer " + token,
                                "-H",
                                "Content-Type: application/json",
                                "--data-binary",
                                "@" + kind + ".json");
                assertThat(answer).contains("status 409", "certificate of the name sensor-7");
            }
            assertThat(delivers("good", server)).isTrue();
        }
    }

    @Test
    void aWrongAuthorityFileIsNamedBeforeTheStart() throws Exception {
        make();
        Path wrong = Files.writeString(folder.resolve("wrong.pem"), "nothing");
        Launch.Result result =
                launch(folder.resolve("data"), "sensor")
                        .environment("NETSENTINEL_TLS_CLIENT_CA", wrong.toString())
                        .run();
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.err()).contains(wrong.toString());
        Launch.Result alone =
                Launch.of("serve", "--data", folder.resolve("data").toString())
                        .environment("NETSENTINEL_TLS_CLIENT_CA", wrong.toString())
                        .run();
        assertThat(alone.exit()).isEqualTo(2);
        assertThat(alone.err()).contains("tls.client-ca needs tls.certificate");
    }
}

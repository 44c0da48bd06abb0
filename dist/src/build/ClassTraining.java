import java.io.BufferedReader;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes the list of classes that {@link ClassArchive} puts into the archive (docs/adr/0025).
///
/// The server is started from the staging folder as a user would, given the demo's events, looked at by a browser's way
/// and a WebSocket client's, and stopped. Which classes it loads on the way, and in what order, hangs on timing: so the
/// list is kept with the sources, sorted, and renewed only when that is asked for (`-Drenew-classes`).
final class ClassTraining {
    private static final List<String> PAGES =
            List.of(
                    "/", "/alerts", "/incidents", "/logs", "/integrations", "/connections", "/channels", "/queues", "/users",
                    "/audit", "/metrics", "/api/alerts", "/api/topology");
    private static final Pattern READY = Pattern.compile("ready on (http://\\S+)");
    private static final Pattern NUMBER = Pattern.compile(" id: \\d+$");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int FRAMES = 10;

    private final Path stage;
    private final Path loaded;

    private ClassTraining(Path stage) {
        this.stage = stage;
        loaded = stage.resolveSibling("loaded.list");
    }

    static void renew(Path stage, Path list) throws Exception {
        ClassTraining training = new ClassTraining(stage);
        training.run();
        training.write(list);
    }

    private Process launch(String options, Path log, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(stage.resolve("bin/netsentinel").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(stage.getParent().toFile()).redirectError(log.toFile());
        builder.environment().put("NETSENTINEL_JAVA_OPTS", options);
        return builder.start();
    }

    private void run() throws Exception {
        Path log = stage.resolveSibling("training.log");
        Path data = Files.createTempDirectory("training");
        String config = stage.resolve("conf/netsentinel.yaml").toString();
        Process server =
                launch(
                        "-XX:DumpLoadedClassList=" + loaded.getFileName(), log,
                        "serve", "--port", "0", "--data", data.toString(), "--config", config);
        try (BufferedReader out = server.inputReader()) {
            URI address = address(out, log);
            feed(address, data);
            look(address, Files.readString(data.resolve("initial-admin-password")).strip());
        } finally {
            server.destroy();
            if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
            delete(data);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private static URI address(BufferedReader out, Path log) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher found = READY.matcher(line);
            if (found.find()) {
                return URI.create(found.group(1));
            }
        }
        throw new IOException("the server did not start: " + Files.readString(log));
    }

    private void feed(URI address, Path data) throws Exception {
        Process issue = launch("", stage.resolveSibling("token.log"), "token", "--name", "training", "--role", "sensor", "--data", data.toString());
        String token = new String(issue.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try (HttpClient http = HttpClient.newHttpClient()) {
            send(
                    http,
                    HttpRequest.newBuilder(address.resolve("/api/events?format=eve"))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/x-ndjson")
                            .header("Content-Encoding", "gzip")
                            .POST(HttpRequest.BodyPublishers.ofFile(stage.resolve("lib/demo/demo.eve.json.gz"))));
        }
    }

    private static void look(URI address, String password) throws Exception {
        try (HttpClient http = HttpClient.newBuilder().cookieHandler(new CookieManager()).build()) {
            String form = "username=admin&next=%2F&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8);
            send(
                    http,
                    HttpRequest.newBuilder(address.resolve("/login"))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .header("Origin", address.toString())
                            .POST(HttpRequest.BodyPublishers.ofString(form)));
            for (String page : PAGES) {
                send(http, HttpRequest.newBuilder(address.resolve(page)));
            }
            follow(http, address);
        }
    }

    private static void send(HttpClient http, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 400) {
            throw new IOException(answer + ": " + answer.body());
        }
    }

    private static void follow(HttpClient http, URI address) throws Exception {
        CountDownLatch frames = new CountDownLatch(FRAMES);
        WebSocket socket =
                http.newWebSocketBuilder()
                        .subprotocols("netsentinel.v1.json")
                        .header("Origin", address.toString())
                        .buildAsync(
                                URI.create("ws" + address.toString().substring("http".length()) + "/ws"),
                                new WebSocket.Listener() {
                                    @Override
                                    public CompletionStage<?> onText(WebSocket on, CharSequence data, boolean last) {
                                        frames.countDown();
                                        on.request(1);
                                        return null;
                                    }
                                })
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        socket.sendText("{\"type\":\"connect\",\"id\":1,\"subs\":{\"network\":{\"channel\":\"network\",\"last\":500}}}", true)
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (!frames.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("no events came");
        }
        socket.abort();
    }

    /// Sorted, and without the numbers of the classes, which are those of the order: classes first, then the notes on them,
    /// which begin with `@`.
    private void write(Path list) throws IOException {
        try (Stream<String> lines = Files.lines(loaded)) {
            Files.write(
                    list,
                    lines.filter(line -> !line.startsWith("#"))
                            .map(line -> NUMBER.matcher(line).replaceFirst(""))
                            .distinct()
                            .sorted(Comparator.comparing((String line) -> line.startsWith("@")).thenComparing(line -> line))
                            .toList());
        }
    }
}

package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A server that follows one `eve.json`, with the people who use it.
final class BrowserServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOLD = " has the password ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final Path eve;
    private final Map<String, String> passwords = new HashMap<>();

    /// The session cookie of each user that has entered.
    private final Map<String, HttpCookie> sessions = new HashMap<>();

    private ServerProcess process;
    private String token = "";

    private BrowserServer(Path folder) throws IOException {
        data = folder.resolve("data");
        eve = Files.createFile(folder.resolve("eve.json"));
        process = ServerProcess.serve(data, 0, "--eve", eve.toString());
        passwords.put("admin", Files.readString(data.resolve("initial-admin-password")).strip());
    }

    static BrowserServer start(Path folder) {
        try {
            return new BrowserServer(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return process.address();
    }

    String log() {
        return process.log();
    }

    /// Adds a user by command line, with a password the server makes.
    void addUser(String name, String role) {
        Launch.Result result =
                Launch.of("user", "add", name, "--role", role, "--data", data.toString()).run();
        if (result.exit() != 0) {
            throw new AssertionError(result.err());
        }
        passwords.put(name, result.out().strip().substring(name.length() + TOLD.length()));
    }

    /// Signs one of the users in through the form; the overview is shown.
    void signIn(Browser browser, String user) {
        browser.signIn(user, password(user));
    }

    /// Lets a browser be one of the users without the form: all browsers of a user share one
    /// session. No page is shown yet.
    void enter(Browser browser, String user) {
        browser.cookie(sessions.computeIfAbsent(user, this::session));
    }

    /// The same, and shows a page that is live, with the pointer out of its way.
    void enter(Browser browser, String user, String path) {
        enter(browser, user);
        browser.open(path);
        browser.awaitLive();
        browser.pointAway();
    }

    String password(String user) {
        return passwords.getOrDefault(user, "");
    }

    /// Appends alerts to the file, all in one write.
    void write(BrowserAlert... alerts) {
        StringBuilder lines = new StringBuilder();
        for (BrowserAlert alert : alerts) {
            lines.append(alert.line());
        }
        try {
            Files.writeString(eve, lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes alerts and waits until the server lists them.
    void writeAndAwait(BrowserAlert... alerts) {
        write(alerts);
        String last = alerts[alerts.length - 1].signature();
        Await.until("the server lists " + last, () -> signatures().contains(last));
    }

    List<String> signatures() {
        return each("/event/rule/name");
    }

    /// The ids of the newest alerts as the server lists them.
    List<String> ids() {
        return each("/id");
    }

    private List<String> each(String pointer) {
        List<String> values = new ArrayList<>();
        get("/api/alerts?limit=500&status=open,escalated")
                .path("alerts")
                .forEach(alert -> values.add(alert.at(pointer).asText()));
        return values;
    }

    /// The answer to an admin's GET.
    JsonNode get(String path) {
        if (token.isEmpty()) {
            token = login();
        }
        HttpRequest request =
                HttpRequest.newBuilder(address().resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .build();
        return send(request);
    }

    /// The same as an admin with a token.
    HttpApi api() {
        if (token.isEmpty()) {
            token = login();
        }
        return new HttpApi(address(), token);
    }

    private String login() {
        return json(answer(login("admin"))).path("token").asText();
    }

    private HttpCookie session(String user) {
        String header = answer(login(user)).headers().firstValue("Set-Cookie").orElseThrow();
        return HttpCookie.parse(header).getFirst();
    }

    private HttpRequest login(String user) {
        String body =
                JSON.createObjectNode()
                        .put("username", user)
                        .put("password", password(user))
                        .toString();
        return HttpRequest.newBuilder(address().resolve("/api/login"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private JsonNode send(HttpRequest request) {
        return json(answer(request));
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() != 200) {
                throw new AssertionError(
                        request.uri() + ": " + response.statusCode() + " " + response.body());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// kill -9.
    void kill() {
        process.kill();
    }

    /// Starts it again on the same data and port.
    void startAgain() {
        process = ServerProcess.serve(data, process.port(), "--eve", eve.toString());
    }

    @Override
    public void close() {
        process.close();
        http.close();
    }
}

package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.it.OpenApi.Operation;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// `/openapi.json` and the server say the same: which addresses there are, who may use them, and
/// what they refuse. What they answer is checked by [OpenApiAnswersIT].
final class OpenApiIT {
    private static final List<String> ROLES = List.of("viewer", "analyst", "admin", "sensor");
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

    @TempDir private static Path folder;
    private static ServerProcess server;
    private static HttpApi nobody;
    private static HttpApi admin;
    private static OpenApi document;

    @BeforeAll
    static void start() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        server =
                ServerProcess.start(
                        Launch.of("serve", "--data", data.toString(), "--port", "0")
                                .environment("NETSENTINEL_AUTH_LEEWAY", "0s"),
                        folder.resolve("server.log"));
        nobody = new HttpApi(server.address(), "");
        admin = HttpApi.admin(server, data);
        document = new OpenApi(HttpApi.json(admin.get("/openapi.json")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyAddressOfTheServerIsDescribedAndEveryDescriptionIsOfAnAddress() throws IOException {
        Set<String> served = new TreeSet<>();
        document.operations().forEach(one -> served.add(one.name()));
        assertThat(served).isEqualTo(written()).hasSizeGreaterThan(90);
        for (Operation one : document.operations()) {
            assertThat(one.written().path("summary").asText()).as(one.name()).isNotEmpty();
            assertThat(one.written().path("tags")).as(one.name()).hasSize(1);
            assertThat(one.statuses())
                    .as(one.name())
                    .anyMatch(status -> status.matches("[123]..|426"));
        }
    }

    @Test
    void theDocumentIsWhole() {
        JsonNode whole = HttpApi.json(admin.get("/openapi.json"));
        assertThat(whole.path("openapi").asText()).isEqualTo("3.1.0");
        Matcher reference = Pattern.compile("\"\\$ref\":\"#([^\"]+)\"").matcher(whole.toString());
        Set<String> used = new TreeSet<>();
        while (reference.find()) {
            assertThat(whole.at(reference.group(1)).isMissingNode())
                    .as(reference.group(1))
                    .isFalse();
            used.add(reference.group(1));
        }
        OpenApi.names(whole.at("/components/schemas"))
                .forEach(name -> assertThat(used).contains("/components/schemas/" + name));
        Set<String> ids = new TreeSet<>();
        Set<String> tags = new TreeSet<>(whole.path("tags").findValuesAsText("name"));
        for (Operation one : document.operations()) {
            assertThat(ids.add(one.written().path("operationId").asText())).as(one.name()).isTrue();
            assertThat(tags).containsAll(OpenApi.texts(one.written().path("tags")));
            Matcher parameter = PARAMETER.matcher(one.path());
            while (parameter.find()) {
                assertThat(parameter(whole, one, parameter.group(1))).as(one.name()).isTrue();
            }
        }
    }

    private static boolean parameter(JsonNode whole, Operation operation, String name) {
        for (JsonNode one : operation.written().path("parameters")) {
            JsonNode found =
                    one.has("$ref") ? whole.at(one.path("$ref").asText().substring(1)) : one;
            if (found.path("name").asText().equals(name)) {
                return found.path("in").asText().equals("path")
                        && found.path("required").asBoolean();
            }
        }
        return false;
    }

    @Test
    void everyAddressIsOpenToThoseRolesOnly() {
        for (String role : ROLES) {
            HttpApi one = new HttpApi(server.address(), token(role, "1h"));
            for (Operation operation : operations()) {
                // these end what the token is good for
                boolean last = operation.path().endsWith("/logout");
                HttpApi api = last ? new HttpApi(server.address(), token(role, "1h")) : one;
                int status = document.call(api, operation, path(operation), "").statusCode();
                if (operation.open() || operation.allows(role)) {
                    assertThat(status).as(role + " " + operation.name()).isNotIn(401, 403);
                } else {
                    assertThat(status).as(role + " " + operation.name()).isEqualTo(403);
                }
            }
        }
    }

    /// The table in the documentation.
    @Test
    void theRolesAreThoseOfTheContract() {
        Map<String, List<String>> expected = new TreeMap<>();
        expected.put("GET /api/alerts", List.of("viewer", "analyst", "admin"));
        expected.put("GET /metrics", List.of("viewer", "analyst", "admin"));
        expected.put("GET /api/topology", List.of("viewer", "analyst", "admin"));
        expected.put("POST /api/alerts/{id}/{action}", List.of("analyst", "admin"));
        expected.put("POST /api/incidents/{id}/{action}", List.of("analyst", "admin"));
        expected.put("POST /api/events", List.of("admin", "sensor"));
        for (String path :
                List.of("/ws/broadcast", "/ws/notify/{client_id}", "/api/users", "/api/tokens")) {
            expected.put("POST " + path, List.of("admin"));
        }
        for (String path :
                List.of(
                        "/ws/connections",
                        "/api/queues",
                        "/api/sinks",
                        "/api/rules",
                        "/api/audit")) {
            expected.put("GET " + path, List.of("admin"));
        }
        expected.put("GET /openapi.json", ROLES);
        expected.forEach((name, roles) ->
                assertThat(OpenApi.texts(document.find(name).written().path("x-roles")))
                        .as(name)
                        .containsExactlyElementsOf(roles));
        Stream<String> open =
                document.operations().stream()
                        .filter(Operation::open)
                        .map(Operation::name)
                        .sorted();
        assertThat(open)
                .containsExactly(
                        "GET /assets/{path}",
                        "GET /health/live",
                        "GET /health/ready",
                        "GET /login",
                        "GET /login/provider",
                        "GET /login/provider/return",
                        "GET /logout/provider",
                        "GET /ws",
                        "POST /api/login",
                        "POST /login");
    }

    @Test
    void whoeverIsNobodyOrNobodyAnyMoreIsRefusedEverywhere() {
        String revoked = token("admin", "1h");
        String id = revokedId(revoked);
        HttpApi expired = new HttpApi(server.address(), token("admin", "1s"));
        assertThat(HttpApi.send(admin.request("/api/tokens/" + id).DELETE().build()).statusCode())
                .isEqualTo(204);
        Await.until("the token is expired", () -> expired.get("/api/session").statusCode() == 401);
        for (HttpApi who : List.of(nobody, expired, new HttpApi(server.address(), revoked))) {
            for (Operation operation : operations()) {
                int status = document.call(who, operation, path(operation), "").statusCode();
                boolean signIn = operation.page() && operation.method().equals("GET");
                if (operation.open()) {
                    assertThat(status).as(operation.name()).isNotIn(401, 403);
                } else {
                    assertThat(status).as(operation.name()).isEqualTo(signIn ? 303 : 401);
                }
            }
        }
    }

    private static String revokedId(String token) {
        for (JsonNode one : HttpApi.json(admin.get("/api/tokens")).path("tokens")) {
            if (token.contains(".")
                    && claims(token).path("jti").asText().equals(one.path("id").asText())) {
                return one.path("id").asText();
            }
        }
        throw new AssertionError("the token is not listed");
    }

    private static JsonNode claims(String token) {
        return HttpApi.parse(
                new String(
                        java.util.Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]),
                        java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aCookieAloneChangesNothing() throws IOException {
        String password = Files.readString(folder.resolve("data/initial-admin-password")).strip();
        HttpResponse<String> login =
                nobody.post(
                        "/api/login",
                        "application/json",
                        "{\"username\":\"admin\",\"password\":\"%s\"}".formatted(password));
        String cookie =
                login.headers().firstValue("set-cookie").orElseThrow().replaceFirst(";.*", "");
        HttpRequest asked = nobody.request("/api/session").header("Cookie", cookie).build();
        assertThat(HttpApi.send(asked).statusCode()).isEqualTo(200);
        for (Operation operation : operations()) {
            if (!operation.method().equals("GET")) {
                HttpRequest request =
                        nobody.request(path(operation))
                                .header("Cookie", cookie)
                                .method(operation.method(), BodyPublishers.noBody())
                                .build();
                assertThat(HttpApi.send(request).statusCode()).as(operation.name()).isEqualTo(403);
            }
        }
    }

    @Test
    void anotherMethodIsAnsweredWithThoseThereAre() {
        HttpRequest request =
                admin.request("/api/users").method("PATCH", BodyPublishers.noBody()).build();
        HttpResponse<String> answer = HttpApi.send(request);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD, POST");
    }

    /// Without those that only a handshake reaches.
    private static List<Operation> operations() {
        return document.operations().stream()
                .filter(one -> !one.written().path("x-upgrade").asBoolean())
                .toList();
    }

    /// The address with values for its parameters, of things there are not.
    private static String path(Operation operation) {
        String path =
                operation
                        .path()
                        .replace("{channel}", "alerts")
                        .replace("{action}", action(operation.path()))
                        .replaceAll("\\{[a-z_]+}", "none");
        return switch (operation.name()) {
            case "GET /api/events" -> path + "?channel=alerts";
            case "POST /api/events" -> path + "?format=eve";
            case "GET /api/incidents/{id}/export" -> path + "?format=stix";
            default -> path;
        };
    }

    private static String action(String path) {
        return path.startsWith("/api/alerts")
                ? "ack"
                : path.contains("incidents") ? "note" : "test";
    }

    private static String token(String role, String ttl) {
        HttpResponse<String> made =
                admin.post(
                        "/api/tokens",
                        "application/json",
                        "{\"name\":\"%s\",\"role\":\"%s\",\"ttl\":\"%s\"}"
                                .formatted(role + "-token", role, ttl));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return HttpApi.parse(made.body()).path("token").asText();
    }

    /// What stands in the files of the distribution.
    private static Set<String> written() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.list(Distribution.home().resolve("docs/openapi"))) {
            for (Path file : files.toList()) {
                JsonNode paths =
                        HttpApi.parse(
                                YAMLMapper.shared()
                                        .readTree(Files.readString(file))
                                        .path("paths")
                                        .toString());
                for (Map.Entry<String, JsonNode> path : paths.properties()) {
                    for (String method : OpenApi.names(path.getValue())) {
                        assertThat(METHODS).contains(method);
                        String name =
                                method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey();
                        assertThat(names.add(name)).as(name).isTrue();
                    }
                }
            }
        }
        return names;
    }
}

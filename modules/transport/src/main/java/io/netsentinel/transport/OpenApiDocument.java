package io.netsentinel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Method;
import io.netsentinel.auth.Permission;
import io.netsentinel.auth.Role;
import io.netsentinel.transport.Routes.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Puts the OpenAPI document together: the routes that there are, with what is written of each. A
/// route nothing is written of is in it too, and what is written of no route is not.
final class OpenApiDocument {
    /// In the order in which people read them.
    private static final List<String> PARTS =
            List.of(
                    "sign-in",
                    "streams",
                    "events",
                    "alerts",
                    "findings",
                    "integrations",
                    "rules",
                    "administration",
                    "operations",
                    "pages");

    /// Marks an address that only a WebSocket handshake reaches, which is no route.
    private static final String UPGRADE = "x-upgrade";

    private static final Pattern PARAMETER = Pattern.compile("\\{\\+?([A-Za-z_]+)}");

    private final ObjectNode written;
    private final ObjectNode paths = Json.object();

    private OpenApiDocument(ObjectNode written) {
        this.written = written;
    }

    /// The document of a server with these routes.
    static ObjectNode of(Map<String, Map<Method, Route>> routes) {
        ObjectNode document = YamlResource.read("openapi/openapi.yaml");
        for (String part : PARTS) {
            ObjectNode more = YamlResource.read("openapi/" + part + ".yaml");
            document.withObject("/paths").setAll(object(more, "paths"));
            document.withObject("/components/schemas").setAll(object(more, "schemas"));
        }
        OpenApiDocument made = new OpenApiDocument(object(document, "paths"));
        routes.values().forEach(methods -> methods.values().forEach(made::add));
        made.addUpgrades();
        document.set("paths", made.sorted());
        return document;
    }

    private static ObjectNode object(JsonNode parent, String name) {
        return parent.path(name) instanceof ObjectNode object ? object : Json.object();
    }

    // ---- what is in it

    private void add(Route route) {
        String path = PARAMETER.matcher(route.path()).replaceAll("{$1}");
        String method = route.method().text().toLowerCase(Locale.ROOT);
        ObjectNode operation = object(object(written, path), method).deepCopy();
        operation.put("operationId", id(method, path));
        if (!route.method().equals(Method.GET)) {
            operation.put("x-max-bytes", route.maxBody());
        }
        addParameters(operation, path);
        addSecurity(operation, route);
        addAnswers(operation, route);
        put(path, method, operation);
    }

    private void put(String path, String method, ObjectNode operation) {
        ObjectNode item = object(paths, path);
        item.set(method, operation);
        paths.set(path, item);
    }

    /// Handshakes do not go through the routes.
    private void addUpgrades() {
        written.properties()
                .forEach(path -> {
                    if (path.getValue().path("get").path(UPGRADE).asBoolean()
                            && !paths.has(path.getKey())) {
                        ObjectNode operation = object(path.getValue(), "get").deepCopy();
                        operation.put("operationId", id("get", path.getKey()));
                        addParameters(operation, path.getKey());
                        security(operation.putArray("security"), List.of(), false);
                        put(path.getKey(), "get", operation);
                    }
                });
    }

    private ObjectNode sorted() {
        Map<String, JsonNode> inOrder = new TreeMap<>();
        paths.properties().forEach(path -> inOrder.put(path.getKey(), path.getValue()));
        ObjectNode sorted = Json.object();
        inOrder.forEach(sorted::set);
        return sorted;
    }

    private static String id(String method, String path) {
        return method
                + Arrays.stream(path.split("[^A-Za-z0-9]+", -1))
                        .filter(word -> !word.isEmpty())
                        .map(word ->
                                word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }

    private static void addParameters(ObjectNode operation, String path) {
        List<String> known = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> known.add(name(parameter)));
        Matcher matcher = PARAMETER.matcher(path);
        while (matcher.find()) {
            if (!known.contains(matcher.group(1))) {
                operation
                        .withArray("parameters")
                        .addObject()
                        .put("name", matcher.group(1))
                        .put("in", "path")
                        .put("required", true)
                        .putObject("schema")
                        .put("type", "string");
            }
        }
    }

    /// A parameter many share stands under its own name.
    private static String name(JsonNode parameter) {
        String reference = parameter.path("$ref").asText();
        return reference.isEmpty()
                ? parameter.path("name").asText()
                : reference.substring(reference.lastIndexOf('/') + 1);
    }

    // ---- who may use it

    private static void addSecurity(ObjectNode operation, Route route) {
        ArrayNode security = operation.putArray("security");
        if (route.access() == Access.OPEN) {
            operation.put("description", described(operation, "Open to everybody."));
            return;
        }
        Optional<Permission> permission = route.access().permission();
        List<String> scopes =
                permission.map(one -> one.name().toLowerCase(Locale.ROOT)).stream().toList();
        security(security, scopes, !route.method().equals(Method.GET));
        List<String> roles =
                Arrays.stream(Role.values())
                        .filter(role -> permission.map(role::allows).orElse(true))
                        .map(Role::text)
                        .toList();
        ArrayNode list = operation.putArray("x-roles");
        roles.forEach(list::add);
        operation.put(
                "description", described(operation, "Roles: " + String.join(", ", roles) + "."));
    }

    private static void security(ArrayNode security, List<String> scopes, boolean change) {
        ArrayNode bearer = security.addObject().putArray("bearer");
        ObjectNode cookie = security.addObject();
        ArrayNode session = cookie.putArray("session");
        scopes.forEach(bearer::add);
        scopes.forEach(session::add);
        if (change) {
            cookie.putArray("csrf");
        }
        ArrayNode certificate = security.addObject().putArray("certificate");
        scopes.forEach(certificate::add);
    }

    private static String described(ObjectNode operation, String roles) {
        String text = operation.path("description").asText();
        return text.isEmpty() ? roles : text.strip() + "\n\n" + roles;
    }

    // ---- what the guard answers

    private static void addAnswers(ObjectNode operation, Route route) {
        boolean change = !route.method().equals(Method.GET);
        ObjectNode answers = object(operation, "responses");
        operation.set("responses", answers);
        answer(answers, "400", "BadRequest");
        answer(answers, "421", "Misdirected");
        answer(answers, "500", "Internal");
        answer(answers, "503", "Unavailable");
        if (route.access().page()) {
            answer(answers, "303", "SignInFirst");
        }
        if (route.access() != Access.OPEN) {
            answer(answers, "401", "NotSignedIn");
        }
        if (route.access().permission().isPresent() || change) {
            answer(answers, "403", "Forbidden");
        }
        if (change) {
            answer(answers, "408", "TooSlow");
            answer(answers, "413", "TooLarge");
        }
        if (operation.has("requestBody")) {
            answer(answers, "415", "UnsupportedMediaType");
        }
    }

    private static void answer(ObjectNode answers, String status, String name) {
        if (!answers.has(status)) {
            answers.putObject(status).put("$ref", "#/components/responses/" + name);
        }
    }
}

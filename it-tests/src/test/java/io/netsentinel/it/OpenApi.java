package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The OpenAPI document of a running server, and what was answered as it says.
final class OpenApi {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<JsonNode, Schema> schemas = new HashMap<>();
    private final Set<String> seen = new TreeSet<>();

    /// One method of one address.
    record Operation(String method, String path, JsonNode written) {
        String name() {
            return method + " " + path;
        }

        boolean open() {
            return written.path("security").isEmpty();
        }

        boolean allows(String role) {
            return texts(written.path("x-roles")).contains(role);
        }

        boolean page() {
            return texts(written.path("tags")).contains("pages");
        }

        Set<String> statuses() {
            return names(written.path("responses"));
        }
    }

    OpenApi(JsonNode document) {
        this.document = strict(document);
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                String name = method.getKey().toUpperCase(java.util.Locale.ROOT);
                operations.add(new Operation(name, path.getKey(), method.getValue()));
            }
        }
    }

    List<Operation> operations() {
        return operations;
    }

    Operation find(String name) {
        return operations.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the document has no " + name));
    }

    /// The operations and statuses that were checked, as `GET /api/users 200`.
    Set<String> seen() {
        return seen;
    }

    static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    /// Sends what an operation takes.
    ///
    /// @param path the address with its parameters
    /// @param body empty for none
    HttpResponse<String> call(HttpApi api, Operation operation, String path, String body) {
        HttpRequest.Builder request = api.request(path);
        if (body.isEmpty()) {
            request.method(operation.method(), BodyPublishers.noBody());
        } else {
            request.header("Content-Type", type(operation))
                    .method(operation.method(), BodyPublishers.ofString(body));
        }
        HttpResponse<String> answer = HttpApi.send(request.build());
        check(operation, answer);
        return answer;
    }

    private static String type(Operation operation) {
        Set<String> types = names(operation.written().path("requestBody").path("content"));
        return types.isEmpty() || types.contains("application/json")
                ? "application/json"
                : types.iterator().next();
    }

    /// The status, the type and the body of an answer are in the document.
    private void check(Operation operation, HttpResponse<String> answer) {
        String status = Integer.toString(answer.statusCode());
        String what = operation.name() + " " + status;
        if (!operation.statuses().contains(status)) {
            throw new AssertionError("not described: " + what + " " + answer.body());
        }
        seen.add(what);
        JsonNode content = resolved(operation.written().path("responses").path(status));
        content = content.path("content");
        String type = answer.headers().firstValue("content-type").orElse("");
        if (operation.page() && type.startsWith("text/html")) {
            return;
        }
        if (type.isEmpty()) {
            if (!content.isEmpty() || !answer.body().isEmpty()) {
                throw new AssertionError("no type: " + what);
            }
            return;
        }
        JsonNode media = content.path(type.replaceFirst(";\\s*(charset|version=0).*", ""));
        if (media.isMissingNode()) {
            throw new AssertionError(type + " is not described: " + what);
        }
        if (type.contains("json") && !type.contains("ndjson")) {
            List<?> errors = schema(media.path("schema")).validate(answer.body(), InputFormat.JSON);
            if (!errors.isEmpty()) {
                throw new AssertionError(what + " is otherwise: " + errors + "\n" + answer.body());
            }
        }
    }

    private JsonNode resolved(JsonNode node) {
        return Optional.ofNullable(node.path("$ref").textValue())
                .map(reference -> document.at(reference.substring(1)))
                .orElse(node);
    }

    private Schema schema(JsonNode schema) {
        return schemas.computeIfAbsent(
                schema,
                one -> {
                    ObjectNode whole = (ObjectNode) strict(one);
                    whole.set("components", document.path("components"));
                    return REGISTRY.getSchema(whole.toString(), InputFormat.JSON);
                });
    }

    /// Answers may get further members, but none that the document does not know already.
    private static JsonNode strict(JsonNode node) {
        JsonNode copy = node.deepCopy();
        close(copy);
        return copy;
    }

    private static void close(JsonNode node) {
        node.forEach(OpenApi::close);
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }
}

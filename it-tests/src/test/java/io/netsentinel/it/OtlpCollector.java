package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A simulated collector of OpenTelemetry: takes OTLP in JSON over HTTP and keeps the spans.
final class OtlpCollector implements AutoCloseable {
    private final HttpServer http;
    private final List<JsonNode> spans = new CopyOnWriteArrayList<>();

    private OtlpCollector(HttpServer http) {
        this.http = http;
    }

    static OtlpCollector start() {
        try {
            OtlpCollector made =
                    new OtlpCollector(
                            HttpServer.create(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            made.http.createContext("/v1/traces", made::take);
            made.http.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/v1/traces");
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            for (JsonNode resource : HttpApi.parse(body).path("resourceSpans")) {
                for (JsonNode scope : resource.path("scopeSpans")) {
                    scope.path("spans").forEach(spans::add);
                }
            }
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] answer = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    Set<String> traces() {
        return spans.stream()
                .map(span -> span.path("traceId").asText())
                .collect(Collectors.toSet());
    }

    /// The spans of a trace by name, the first of each. An event may stand on several channels: of
    /// spans that name one, those of this.
    ObjectNode trace(String id, String channel) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        spans.stream()
                .filter(span -> span.path("traceId").asText().equals(id))
                .filter(span -> attribute(span, "channel").orElse(channel).equals(channel))
                .forEach(span -> found.putIfAbsent(span.path("name").asText(), span));
        return found;
    }

    /// An attribute of a span, a text or a number.
    static Optional<String> attribute(JsonNode span, String key) {
        for (JsonNode one : span.path("attributes")) {
            if (one.path("key").asText().equals(key)) {
                JsonNode value = one.path("value");
                return Optional.of(
                        value.path("stringValue").asText(value.path("intValue").asText()));
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}

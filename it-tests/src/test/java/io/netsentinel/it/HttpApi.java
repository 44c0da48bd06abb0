package io.netsentinel.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The HTTP interface as one user sees it.
final class HttpApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    private static final int PAGE = 1_000;

    private final URI address;
    private final String token;

    /// @param token a Bearer token; empty for nobody
    HttpApi(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    /// The admin of a server that was started on an empty data directory.
    static HttpApi admin(ServerProcess server, Path data) {
        try {
            String password = Files.readString(data.resolve("initial-admin-password")).strip();
            String login =
                    JSON.createObjectNode()
                            .put("username", "admin")
                            .put("password", password)
                            .toString();
            HttpApi nobody = new HttpApi(server.address(), "");
            HttpResponse<String> answer = nobody.post("/api/login", "application/json", login);
            return new HttpApi(server.address(), json(answer).path("token").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String token() {
        return token;
    }

    URI address() {
        return address;
    }

    /// The same user at another server, or at the same one after a restart.
    HttpApi at(ServerProcess server) {
        return new HttpApi(server.address(), token);
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(30));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    HttpResponse<String> post(String path, String type, String body) {
        return post(path, type, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), Map.of());
    }

    HttpResponse<String> post(String path, String type, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    /// Sends EVE lines.
    HttpResponse<String> postEve(String lines) {
        return post("/api/events?format=eve", "application/x-ndjson", lines);
    }

    static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The body of a successful answer.
    static JsonNode json(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError(
                    answer.request().uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return parse(answer.body());
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /// What is stored on a channel, oldest first: all of it.
    List<JsonNode> stored(String channel) {
        List<JsonNode> events = new ArrayList<>();
        long from = 0;
        while (true) {
            JsonNode page =
                    json(
                            get(
                                    "/api/events?channel=%s&offset=%d&limit=%d"
                                            .formatted(channel, from, PAGE)));
            if (page.path("gaps").size() > 0) {
                throw new AssertionError("gaps on " + channel + ": " + page.path("gaps"));
            }
            page.path("events").forEach(events::add);
            long next = page.path("next").asLong();
            if (next <= from) {
                return events;
            }
            from = next;
        }
    }

    /// The newest offset of one channel.
    long tail(String channel) {
        return tails().getOrDefault(channel, 0L);
    }

    /// The newest offset of each channel.
    Map<String, Long> tails() {
        Map<String, Long> tails = new java.util.TreeMap<>();
        json(get("/ws/channels"))
                .path("channels")
                .forEach(one -> tails.put(one.path("name").asText(), one.path("tail").asLong()));
        return tails;
    }
}

package io.netsentinel.app.dry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.detection.DryRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// The log of a running server.
public final class ServerPast implements Past {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 10;

    private final URI server;
    private final String token;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build();

    /// @param server its address
    /// @param token of somebody who may read
    public ServerPast(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    @Override
    public void play(DryRun detectors) throws FailedException, InterruptedException {
        for (String channel : detectors.channels()) {
            long at = 0;
            while (true) {
                JsonNode page = page(channel, at);
                for (JsonNode event : page.path("events")) {
                    byte[] payload =
                            event.path("data")
                                    .toString()
                                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    detectors.look(channel, event.path("offset").asLong(), payload);
                }
                long next = page.path("next").asLong();
                if (next <= at) {
                    break;
                }
                at = next;
            }
        }
    }

    private JsonNode page(String channel, long at) throws FailedException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                server.resolve(
                                        "/api/events?limit=1000&channel="
                                                + channel
                                                + "&offset="
                                                + at))
                        .header("Authorization", "Bearer " + token)
                        .timeout(PATIENCE)
                        .build();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            HttpResponse<String> answer = answer(request);
            switch (answer.statusCode()) {
                case 200 -> {
                    return parse(answer.body());
                }
                case 429, 503 -> {
                    long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
                    Thread.sleep(Duration.ofSeconds(Math.clamp(seconds, 1, 30)));
                }
                case 401 -> throw new FailedException(server + " does not know the token");
                case 403 ->
                        throw new FailedException(
                                server + ": the token may not read the channel " + channel);
                default -> throw new FailedException(server + " answered " + answer.statusCode());
            }
        }
        throw new FailedException(server + " was busy for too long");
    }

    private HttpResponse<String> answer(HttpRequest request)
            throws FailedException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new FailedException(
                    "cannot reach " + server + ": is the server running, and is --url right?");
        }
    }

    private JsonNode parse(String body) throws FailedException {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new FailedException(server + " is no NetSentinel: its answer is no JSON");
        }
    }
}

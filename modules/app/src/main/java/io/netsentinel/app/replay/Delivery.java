package io.netsentinel.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// Posts lines to a server until it has taken them: when it is busy, the same piece again under the
/// same key, so that nothing is lost and nothing is there twice.
final class Delivery {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 100;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI server;
    private final String token;
    private long accepted;
    private long rejected;
    private String firstRejection = "";

    /// @param server its address, for example `http://127.0.0.1:8082`
    Delivery(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /// The server cannot be reached or does not take what it is sent.
    static final class DeliveryException extends Exception {
        private static final long serialVersionUID = 1L;

        DeliveryException(String message) {
            super(message);
        }
    }

    /// Sends lines of one format.
    ///
    /// @throws DeliveryException with a text for people
    void send(String format, String header, List<String> lines)
            throws DeliveryException, InterruptedException {
        String body = (header.isEmpty() ? "" : header + "\n") + String.join("\n", lines) + "\n";
        HttpRequest request =
                HttpRequest.newBuilder(
                                server.resolve("/api/events?format=" + format + "&source=replay"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/x-ndjson")
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .timeout(ANSWER)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Dialect.bytes(body)))
                        .build();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            HttpResponse<String> answer = answer(request);
            if (answer.statusCode() == 200) {
                count(answer.body());
                return;
            }
            if (answer.statusCode() != 429 && answer.statusCode() != 503) {
                throw new DeliveryException(refusal(answer));
            }
            long seconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
            Thread.sleep(Duration.ofSeconds(Math.clamp(seconds, 1, 30)));
        }
        throw new DeliveryException(server + " was busy for too long");
    }

    private HttpResponse<String> answer(HttpRequest request)
            throws DeliveryException, InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new DeliveryException(
                    "cannot reach " + server + ": is the server running, and is --url right?");
        }
    }

    private String refusal(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 401 ->
                    server
                            + " does not know the token; make one with: netsentinel token --name"
                            + " replay --role sensor";
            case 403 -> server + ": the token may not publish; it needs the role sensor or admin";
            default -> server + " answered " + answer.statusCode();
        };
    }

    private void count(String body) throws DeliveryException {
        try {
            JsonNode answer = JSON.readTree(body);
            accepted += answer.path("accepted").asLong();
            JsonNode list = answer.path("rejected");
            rejected += answer.path("rejectedTotal").asLong(list.size());
            if (firstRejection.isEmpty()) {
                firstRejection = list.path(0).path("error").asText();
            }
        } catch (IOException e) {
            throw new DeliveryException(server + " is no NetSentinel: its answer is no JSON");
        }
    }

    long accepted() {
        return accepted;
    }

    long rejected() {
        return rejected;
    }

    /// Why the first line that was refused was refused; empty when none was.
    String firstRejection() {
        return firstRejection;
    }
}

package io.netsentinel.integrations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What is kept of a sensor over a restart.
///
/// @param name `observer.name` of its events
/// @param product `observer.product`, may be empty
/// @param lastSeen when its last event came in
/// @param lastTimestamp the time its last event bears, as it was written
/// @param packets packets its kernel counted, -1 when it has not said
/// @param drops packets its kernel dropped, -1 when it has not said
/// @param dropPercent share of drops between its last two statistics
/// @param lastStatistics the time its last statistics bear
/// @param interval between its last two statistics
record SensorRecord(
        String name,
        String product,
        Instant lastSeen,
        String lastTimestamp,
        long packets,
        long drops,
        double dropPercent,
        Instant lastStatistics,
        Duration interval) {
    private static final ObjectMapper JSON = new ObjectMapper();

    byte[] json() {
        try {
            return JSON.writeValueAsBytes(
                    JSON.createObjectNode()
                            .put("name", name)
                            .put("product", product)
                            .put("last-seen", lastSeen.toString())
                            .put("last-timestamp", lastTimestamp)
                            .put("packets", packets)
                            .put("drops", drops)
                            .put("drop-percent", dropPercent)
                            .put("last-statistics", lastStatistics.toString())
                            .put("interval", interval.toString()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Empty for what another version wrote in another way: the sensor shows itself again.
    static Optional<SensorRecord> of(byte[] json) {
        try {
            JsonNode node = JSON.readTree(json);
            return Optional.of(
                    new SensorRecord(
                            node.path("name").asText(),
                            node.path("product").asText(),
                            Instant.parse(node.path("last-seen").asText()),
                            node.path("last-timestamp").asText(),
                            node.path("packets").asLong(-1),
                            node.path("drops").asLong(-1),
                            node.path("drop-percent").asDouble(),
                            Instant.parse(node.path("last-statistics").asText()),
                            Duration.parse(node.path("interval").asText())));
        } catch (IOException | DateTimeException _) {
            return Optional.empty();
        }
    }
}

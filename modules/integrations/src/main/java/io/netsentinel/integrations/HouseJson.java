package io.netsentinel.integrations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.events.Cidr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A rule of the house as JSON: as it is stored, and as the interface shows it.
final class HouseJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HouseJson() {}

    /// The members of a rule.
    static ObjectNode write(HouseRule rule) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", rule.id()).put("action", rule.action().text());
        HouseMatch match = rule.match();
        match.signature().ifPresent(text -> json.put("signature", text));
        match.address().ifPresent(range -> json.put("address", range.text()));
        match.source().ifPresent(range -> json.put("source", range.text()));
        match.destination().ifPresent(range -> json.put("destination", range.text()));
        match.sensor().ifPresent(text -> json.put("sensor", text));
        rule.expires().ifPresent(time -> json.put("expires", time.toString()));
        json.put("reason", rule.reason());
        var history = json.putArray("history");
        for (HouseRule.Step step : rule.history()) {
            history.addObject()
                    .put("action", step.action())
                    .put("user", step.user())
                    .put("time", step.time().toString())
                    .put("note", step.note());
        }
        return json;
    }

    /// A rule as it is stored.
    static byte[] bytes(HouseRule rule) {
        try {
            return JSON.writeValueAsBytes(write(rule));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A stored rule.
    static HouseRule read(byte[] stored) {
        try {
            return read(JSON.readTree(stored));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HouseRule read(JsonNode json) {
        List<HouseRule.Step> history = new ArrayList<>();
        for (JsonNode step : json.path("history")) {
            history.add(
                    new HouseRule.Step(
                            step.path("action").asText(),
                            step.path("user").asText(),
                            Instant.parse(step.path("time").asText()),
                            step.path("note").asText()));
        }
        return new HouseRule(
                json.path("id").asText(),
                HouseAction.parse(json.path("action").asText()).orElseThrow(),
                new HouseMatch(
                        text(json, "signature"),
                        text(json, "address").flatMap(Cidr::parse),
                        text(json, "source").flatMap(Cidr::parse),
                        text(json, "destination").flatMap(Cidr::parse),
                        text(json, "sensor")),
                text(json, "expires").map(Instant::parse),
                json.path("reason").asText(),
                history);
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.path(name).textValue());
    }
}

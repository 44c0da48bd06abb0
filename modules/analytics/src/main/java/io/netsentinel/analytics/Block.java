package io.netsentinel.analytics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The samples of one span of time, as they are kept: a row of the table holds one.
final class Block {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<Sample> samples = new ArrayList<>();

    /// @throws IllegalArgumentException when the bytes are no block
    static Block parse(byte[] bytes) {
        Block block = new Block();
        JsonNode json = tree(bytes);
        List<Map<SeriesId, Double>> values = new ArrayList<>();
        json.path("times").forEach(_ -> values.add(new LinkedHashMap<>()));
        for (JsonNode series : json.path("series")) {
            List<String> labels = new ArrayList<>();
            series.path("labels").forEach(label -> labels.add(label.asText()));
            SeriesId id =
                    new SeriesId(
                            series.path("name").asText(),
                            labels,
                            series.path("counter").asBoolean());
            JsonNode row = series.path("values");
            for (int i = 0; i < values.size(); i++) {
                if (row.path(i).isNumber()) {
                    values.get(i).put(id, row.path(i).doubleValue());
                }
            }
        }
        for (int i = 0; i < values.size(); i++) {
            block.add(new Sample(json.path("times").path(i).longValue(), values.get(i)));
        }
        return block;
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new IllegalArgumentException("no block of figures", e);
        }
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    List<Sample> samples() {
        return samples;
    }

    byte[] bytes() {
        ObjectNode json = MAPPER.createObjectNode();
        ArrayNode times = json.putArray("times");
        Map<SeriesId, ArrayNode> rows = new LinkedHashMap<>();
        ArrayNode series = json.putArray("series");
        for (Sample sample : samples) {
            sample.values()
                    .keySet()
                    .forEach(id ->
                            rows.computeIfAbsent(
                                    id,
                                    _ -> {
                                        ObjectNode one = series.addObject();
                                        one.put("name", id.name()).put("counter", id.counter());
                                        ArrayNode labels = one.putArray("labels");
                                        id.labels().forEach(labels::add);
                                        return one.putArray("values");
                                    }));
        }
        for (Sample sample : samples) {
            times.add(sample.at());
            rows.forEach((id, row) -> {
                Double value = sample.values().get(id);
                if (value == null) {
                    row.addNull();
                } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                    row.add(value.longValue());
                } else {
                    row.add(value);
                }
            });
        }
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write figures", e);
        }
    }
}

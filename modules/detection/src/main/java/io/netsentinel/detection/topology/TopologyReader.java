package io.netsentinel.detection.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.detection.TopologyMap;
import io.netsentinel.detection.TopologyNews;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads what [TopologyEvents] has written.
public final class TopologyReader {
    private TopologyReader() {}

    /// Reads one event; what is not there is empty.
    ///
    /// @param event its JSON
    public static TopologyNews news(byte[] event) {
        JsonNode whole;
        try {
            whole = GraphJson.JSON.readTree(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JsonNode told = whole.path("ns").path("topology");
        JsonNode gone = told.path("gone");
        JsonNode size = told.path("size");
        return new TopologyNews(
                text(whole.path("event"), "action"),
                each(told.path("hosts"), TopologyReader::host),
                each(told.path("edges"), TopologyReader::edge),
                each(gone.path("hosts"), JsonNode::asText),
                each(
                        gone.path("edges"),
                        one ->
                                new TopologyNews.Ends(
                                        text(one, "source"), text(one, "destination"))),
                new TopologyMap.Size(size.path("hosts").asInt(), size.path("edges").asInt()));
    }

    private static TopologyHost host(JsonNode json) {
        return new TopologyHost(
                text(json, "ip"),
                json.path("inside").asBoolean(),
                text(json, "role"),
                text(json, "cluster"),
                json.path("x").asDouble(),
                json.path("y").asDouble(),
                time(json, "first"),
                time(json, "last"),
                json.path("bytes_out").asLong(),
                json.path("bytes_in").asLong(),
                each(json.path("services"), TopologyReader::service));
    }

    private static TopologyHost.Service service(JsonNode json) {
        return new TopologyHost.Service(
                text(json, "transport"),
                json.path("port").asInt(),
                text(json, "protocol"),
                time(json, "first"),
                time(json, "last"),
                json.path("connections").asLong(),
                json.path("bytes").asLong());
    }

    private static TopologyEdge edge(JsonNode json) {
        return new TopologyEdge(
                text(json, "source"),
                text(json, "destination"),
                time(json, "first"),
                time(json, "last"),
                json.path("connections").asLong(),
                json.path("bytes_out").asLong(),
                json.path("bytes_in").asLong(),
                each(json.path("protocols"), JsonNode::asText));
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asText();
    }

    private static Instant time(JsonNode json, String name) {
        return Instant.ofEpochMilli(GraphJson.time(json, name));
    }

    private static <T> List<T> each(JsonNode array, Function<JsonNode, T> read) {
        List<T> all = new ArrayList<>(array.size());
        array.forEach(one -> all.add(read.apply(one)));
        return all;
    }
}

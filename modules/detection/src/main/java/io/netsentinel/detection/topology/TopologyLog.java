package io.netsentinel.detection.topology;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.detection.TopologySettings;
import io.netsentinel.events.Channel;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Finds who talked to whom in the channel `topology`: at any moment, and where the server was when
/// it stopped.
final class TopologyLog {
    private static final int PAGE = 200;
    private static final int PAGE_BYTES = 8 << 20;

    private final EventLog log;
    private final TopologySettings settings;

    TopologyLog(EventLog log, TopologySettings settings) {
        this.log = log;
        this.settings = settings;
    }

    /// What was stored.
    ///
    /// @param progress how far the channels were looked at for it
    /// @param records how much was told since the beginning of it
    record Stored(Graph graph, Map<String, Long> progress, int records) {}

    /// The state to go on from: the last that is complete.
    Optional<Stored> last() {
        long tail = log.state(Channel.TOPOLOGY).map(state -> state.tail()).orElse(0L);
        OptionalLong end = before(tail, TopologyEvents.PROGRESS);
        return end.isEmpty() ? Optional.empty() : whole(end.getAsLong());
    }

    /// As it was known at this time; empty when nothing of that time is kept.
    Optional<Stored> at(Instant time) {
        return whole(log.offsetBefore(Channel.TOPOLOGY, time.plusMillis(1)).join());
    }

    private Optional<Stored> whole(long end) {
        OptionalLong begin = before(end, TopologyEvents.BEGINS);
        if (begin.isEmpty()) {
            return Optional.empty();
        }
        Graph graph = new Graph(settings);
        Map<String, Long> progress = new HashMap<>();
        int records = 0;
        long at = begin.getAsLong() - 1;
        while (at < end) {
            Page page = log.read(Channel.TOPOLOGY, at, PAGE, PAGE_BYTES).join();
            if (page.scannedTo() <= at) {
                break;
            }
            at = page.scannedTo();
            for (LogRecord record : page.records()) {
                if (record.offset() <= end) {
                    JsonNode told = told(record);
                    records += told.path("hosts").size() + told.path("edges").size();
                    GraphJson.restore(told, graph);
                    told.path("progress")
                            .properties()
                            .forEach(each -> progress.put(each.getKey(), each.getValue().asLong()));
                }
            }
        }
        graph.takeGoneEdges();
        graph.takeGoneHosts();
        return Optional.of(new Stored(graph, progress, records));
    }

    private static JsonNode told(LogRecord record) {
        try {
            return GraphJson.JSON.readTree(record.payload()).path("ns").path("topology");
        } catch (IOException _) {
            return GraphJson.JSON.createObjectNode();
        }
    }

    /// The newest event up to an offset that holds a text.
    private OptionalLong before(long end, String text) {
        long at = end + 1;
        while (at > 1) {
            Page page = log.readBefore(Channel.TOPOLOGY, at, PAGE, PAGE_BYTES).join();
            for (LogRecord record : page.records()) {
                if (holds(record, text)) {
                    return OptionalLong.of(record.offset());
                }
            }
            if (page.records().isEmpty() || page.scannedTo() >= at) {
                break;
            }
            at = page.scannedTo();
        }
        return OptionalLong.empty();
    }

    private static boolean holds(LogRecord record, String text) {
        return new String(record.payload(), StandardCharsets.UTF_8).contains(text);
    }
}

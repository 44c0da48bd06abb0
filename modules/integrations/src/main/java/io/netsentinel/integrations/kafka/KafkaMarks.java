package io.netsentinel.integrations.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.queuing.Bookmark;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/// How far each partition was read: the offset of the next message, in a topic of that id. A topic
/// that was deleted and made again has another id, and its offsets mean something else.
final class KafkaMarks {
    private static final String STARTED = "";

    private final String prefix;
    private final Map<String, Mark> marks = new HashMap<>();
    private final Map<String, Mark> changes = new LinkedHashMap<>();
    private final boolean firstStart;
    private boolean started;

    /// @param topic the id of the topic
    /// @param offset of the next message
    record Mark(String topic, long offset) {
        private static Optional<Mark> decode(byte[] bytes) {
            String[] parts = new String(bytes, UTF_8).split(" ", -1);
            return parts.length == 2 && parts[1].matches("[0-9]{1,18}")
                    ? Optional.of(new Mark(parts[0], Long.parseLong(parts[1])))
                    : Optional.empty();
        }

        private byte[] encode() {
            return (topic + " " + offset).getBytes(UTF_8);
        }
    }

    KafkaMarks(String source, Map<String, byte[]> bookmarks) {
        prefix = "kafka/" + source + "/";
        firstStart = !bookmarks.containsKey(prefix + STARTED);
        bookmarks.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                Mark.decode(value)
                        .ifPresent(mark -> marks.put(name.substring(prefix.length()), mark));
            }
        });
    }

    /// Whether the source was never there before, so that it may begin at the end.
    boolean firstStart() {
        return firstStart && !started;
    }

    Optional<Mark> get(TopicPartition partition) {
        return Optional.ofNullable(marks.get(partition.toString()));
    }

    void put(TopicPartition partition, Mark mark) {
        if (!mark.equals(marks.put(partition.toString(), mark))) {
            changes.put(partition.toString(), mark);
        }
    }

    boolean changed() {
        return !changes.isEmpty();
    }

    /// The bookmarks that changed since this was called last.
    List<Bookmark> changes() {
        if (firstStart && !started) {
            changes.put(STARTED, new Mark("started", 0));
        }
        started = true;
        List<Bookmark> bookmarks =
                changes.entrySet().stream()
                        .map(change ->
                                new Bookmark(prefix + change.getKey(), change.getValue().encode()))
                        .toList();
        changes.clear();
        return bookmarks;
    }
}

package io.netsentinel.detection.incident;

import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.EventLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How far correlation has read its channels. It is committed together with the events that what
/// was read led to, so after a crash nothing is counted twice and nothing is left out.
final class Position {
    static final String SOURCE = "~incidents";

    private final Map<String, Long> offsets = new TreeMap<>();

    static Position stored(EventLog log, List<String> channels) {
        Position position = new Position();
        channels.forEach(channel -> position.offsets.put(channel, 0L));
        String text =
                log.bookmark(SOURCE)
                        .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                        .orElse("");
        for (String line : text.lines().toList()) {
            List<String> parts = List.of(line.split(" ", -1));
            String channel = parts.get(0);
            long offset = Long.parseLong(parts.get(2));
            // an epoch that lost its end: what took the place of the lost is not known yet
            boolean known = log.recoverable(channel, parts.get(1), offset);
            long tail = log.state(channel).map(ChannelState::tail).orElse(0L);
            position.offsets.put(channel, known ? offset : Math.min(offset, tail));
        }
        return position;
    }

    long of(String channel) {
        return offsets.getOrDefault(channel, 0L);
    }

    void reached(String channel, long offset) {
        offsets.put(channel, offset);
    }

    byte[] bytes(EventLog log) {
        StringBuilder text = new StringBuilder();
        offsets.forEach((channel, offset) -> {
            String epoch = log.state(channel).map(ChannelState::epoch).orElse("");
            text.append(channel).append(' ').append(epoch).append(' ').append(offset).append('\n');
        });
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}

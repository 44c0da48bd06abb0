package io.netsentinel.queuing;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// All channels by name and number.
final class ChannelTable {

    /// Numbers fill the 15 bits above an offset's 48 in a positive `long`.
    static final int MOST_CHANNELS = 32_767;

    private final ConcurrentMap<String, ChannelLog> byName = new ConcurrentHashMap<>();
    private final ConcurrentMap<Integer, ChannelLog> byNumber = new ConcurrentHashMap<>();
    private volatile int highestNumber;

    Optional<ChannelLog> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<ChannelLog> numbered(int number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    Collection<ChannelLog> all() {
        return byName.values();
    }

    List<ChannelState> states() {
        return byName.values().stream()
                .map(ChannelLog::state)
                .sorted(Comparator.comparing(ChannelState::channel))
                .toList();
    }

    /// Only the writer creates channels.
    int highestNumber() {
        return highestNumber;
    }

    void add(ChannelLog channel) {
        highestNumber = Math.max(highestNumber, channel.number());
        byNumber.put(channel.number(), channel);
        byName.put(channel.name(), channel);
    }
}

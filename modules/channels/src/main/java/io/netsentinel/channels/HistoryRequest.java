package io.netsentinel.channels;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Which stored events somebody asks for.
///
/// @param channel an existing channel
/// @param offset position to read on from, not included; without one the oldest kept event, or the
///   newest when reading backwards
/// @param since nothing committed before this time
/// @param limit most events, 1 to 1,000
/// @param reverse from the newest to the oldest
/// @param selection which events
public record HistoryRequest(
        String channel,
        OptionalLong offset,
        Optional<Instant> since,
        int limit,
        boolean reverse,
        Selection selection) {
    private static final int MOST = 1_000;
    private static final int USUAL = 100;

    /// @throws IllegalArgumentException when a number is out of range
    public HistoryRequest {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is 1 to 1000: " + limit);
        }
        if (offset.isPresent() && offset.getAsLong() < 0) {
            throw new IllegalArgumentException("an offset is not negative: " + offset.getAsLong());
        }
    }

    /// The 100 oldest events of a channel.
    public static HistoryRequest of(String channel) {
        return new HistoryRequest(
                channel, OptionalLong.empty(), Optional.empty(), USUAL, false, Selection.all());
    }

    /// The same from a position.
    public HistoryRequest from(long position) {
        return new HistoryRequest(
                channel, OptionalLong.of(position), since, limit, reverse, selection);
    }

    /// The same without what was committed before a time.
    public HistoryRequest since(Instant time) {
        return new HistoryRequest(channel, offset, Optional.of(time), limit, reverse, selection);
    }

    /// The same with another number of events.
    public HistoryRequest limit(int most) {
        return new HistoryRequest(channel, offset, since, most, reverse, selection);
    }

    /// The same from the newest to the oldest.
    public HistoryRequest backwards() {
        return new HistoryRequest(channel, offset, since, limit, true, selection);
    }

    /// The same with a selection.
    public HistoryRequest selecting(Selection other) {
        return new HistoryRequest(channel, offset, since, limit, reverse, other);
    }
}

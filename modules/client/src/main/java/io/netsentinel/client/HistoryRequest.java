package io.netsentinel.client;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A page of a channel's past.
///
/// @param channel which
/// @param offset where to read on (not included); from the oldest kept, or with `reverse` from the
///   newest, when there is none
/// @param since an ISO 8601 time or a time back such as `-15m`
/// @param limit at most 500; 100 when there is none
/// @param reverse newest first
/// @param filter only events that match
public record HistoryRequest(
        String channel,
        OptionalLong offset,
        Optional<String> since,
        OptionalInt limit,
        boolean reverse,
        Optional<String> filter) {
    /// From the oldest event that is kept.
    public static HistoryRequest of(String channel) {
        return new HistoryRequest(
                channel,
                OptionalLong.of(0),
                Optional.empty(),
                OptionalInt.empty(),
                false,
                Optional.empty());
    }

    /// From the newest event backwards.
    public static HistoryRequest newest(String channel) {
        return new HistoryRequest(
                channel,
                OptionalLong.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                true,
                Optional.empty());
    }

    /// The same from another place on; [HistoryPage#next()] for the next page.
    public HistoryRequest offset(long place) {
        return new HistoryRequest(
                channel, OptionalLong.of(place), Optional.empty(), limit, reverse, filter);
    }

    /// The same from a time on.
    public HistoryRequest since(String time) {
        return new HistoryRequest(
                channel, OptionalLong.empty(), Optional.of(time), limit, reverse, filter);
    }

    /// The same with pages of another size.
    public HistoryRequest limit(int most) {
        return new HistoryRequest(channel, offset, since, OptionalInt.of(most), reverse, filter);
    }

    /// The same, only events that match.
    public HistoryRequest filter(String text) {
        return new HistoryRequest(channel, offset, since, limit, reverse, Optional.of(text));
    }
}

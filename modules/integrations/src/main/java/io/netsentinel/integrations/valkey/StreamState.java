package io.netsentinel.integrations.valkey;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.StreamInfo;

/// What a stream says of itself.
///
/// @param last the id of the newest entry it ever had; `0-0` when there is no stream
/// @param first the id of its oldest entry; empty when it has none
/// @param added how many entries it ever got
/// @param length how many it has
/// @param holes whether entries were deleted from its middle
record StreamState(String last, Optional<String> first, long added, long length, boolean holes) {
    private static final StreamState NONE = new StreamState("0-0", Optional.empty(), 0, 0, false);

    /// Entries that were gone.
    record Gone(OptionalLong count, String reason) {}

    /// Where to read on, and what was missed.
    record Where(StreamPosition position, Optional<Gone> missed) {
        private static Where fine(StreamPosition position) {
            return new Where(position, Optional.empty());
        }

        private static Where missed(StreamPosition position, OptionalLong count, String reason) {
            return new Where(position, Optional.of(new Gone(count, reason)));
        }
    }

    static StreamState of(Jedis connection, String key) {
        try {
            StreamInfo info = connection.xinfoStream(key);
            StreamEntry first = info.getFirstEntry();
            Map<String, Object> all = info.getStreamInfo();
            Object added = all.get("entries-added");
            Object deleted = all.get("max-deleted-entry-id");
            return new StreamState(
                    info.getLastGeneratedId().toString(),
                    Optional.ofNullable(first).map(entry -> entry.getID().toString()),
                    // servers before 7.0 do not count
                    added instanceof Long count ? count : 0,
                    info.getLength(),
                    deleted != null && !deleted.toString().equals("0-0"));
        } catch (JedisDataException e) {
            if (String.valueOf(e.getMessage()).contains("no such key")) {
                return NONE;
            }
            throw e;
        }
    }

    /// Where to read on.
    ///
    /// @param known the position so far; empty for a source that is new
    /// @param fromEnd whether one that is new begins with what comes
    Where where(Optional<StreamPosition> known, boolean fromEnd) {
        long before = Math.max(0, added - length);
        if (known.isEmpty()) {
            return Where.fine(
                    fromEnd
                            ? new StreamPosition(last, added)
                            : new StreamPosition(StreamPosition.START.id(), before));
        }
        StreamPosition position = known.get();
        if (this.equals(NONE)) {
            return Where.fine(position);
        }
        if (position.after(last)) {
            return Where.missed(
                    new StreamPosition(last, added),
                    OptionalLong.empty(),
                    "the server went back to an older state; entries may be lost");
        }
        if (added > 0 && added < position.read()) {
            return Where.missed(
                    new StreamPosition(position.id(), before),
                    OptionalLong.empty(),
                    "it was begun anew; entries of the old one may be lost");
        }
        long gone = before - position.read();
        boolean passed = first.map(position::before).orElse(true);
        if (gone <= 0 || !passed) {
            return Where.fine(position);
        }
        return Where.missed(
                new StreamPosition(position.id(), before),
                OptionalLong.of(gone),
                (holes ? "up to " : "")
                        + gone
                        + " entries were taken out of it before they could be read");
    }
}

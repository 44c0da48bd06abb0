package io.netsentinel.queuing;

import io.netsentinel.events.Channel;

/// One event to be written to one channel.
///
/// @param channel name of the channel, `[a-z0-9._-]{1,64}`; it is created when it does not exist
/// @param payload the event as stored and given back, at most [#MAX_PAYLOAD] bytes; not copied, so
///   never change it
/// @param priority 0 (lowest) to 3 (highest), 1 is normal
/// @param ttlMillis time to live from the commit in milliseconds, 0 when the event does not expire
///   by itself
@SuppressWarnings(
        "ArrayRecordComponent") // the hot path hands bytes through without copies; nobody compares
// entries
public record Entry(String channel, byte[] payload, int priority, long ttlMillis) {

    /// The largest payload in bytes: 16 MiB.
    public static final int MAX_PAYLOAD = 16 * 1024 * 1024;

    /// Normal priority.
    public static final int NORMAL = 1;

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public Entry {
        Channel.check(channel);
        if (payload.length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "payload has " + payload.length + " bytes, the most is " + MAX_PAYLOAD);
        }
        if (priority < 0 || priority > 3) {
            throw new IllegalArgumentException("priority is " + priority + ", it must be 0 to 3");
        }
        if (ttlMillis < 0) {
            throw new IllegalArgumentException(
                    "ttlMillis is " + ttlMillis + ", it must not be negative");
        }
    }

    /// An event of normal priority that does not expire by itself.
    public static Entry of(String channel, byte[] payload) {
        return new Entry(channel, payload, NORMAL, 0);
    }
}

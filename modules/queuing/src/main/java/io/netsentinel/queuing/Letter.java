package io.netsentinel.queuing;

import java.time.Duration;

/// A direct message on its way to its client.
///
/// @param seq its number: greater than those of all messages accepted before it, for whomever
/// @param prev the number of the message handed to the same reader before; 0 for its first
/// @param priority 0 to 3
/// @param time when it was accepted, milliseconds since 1970
/// @param ttl how long it is still good
/// @param lost messages that went unread since the last one that told of such
/// @param data the JSON object as it was sent; never change it
@SuppressWarnings("ArrayRecordComponent") // opaque bytes, handed through without copies
public record Letter(
        long seq, long prev, int priority, long time, Duration ttl, long lost, byte[] data)
        implements InboxReader.Next {}

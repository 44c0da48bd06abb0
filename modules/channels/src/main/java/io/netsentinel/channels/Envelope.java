package io.netsentinel.channels;

import io.netsentinel.queuing.LogRecord;

/// What stands around an event's value: everything an `event` message has besides it.
abstract sealed class Envelope permits JsonEnvelope, PackedEnvelope {
    static final int NORMAL_PRIORITY = 1;

    /// An element of a view.
    abstract void write(Bytes out, LogRecord event, long prev, byte[] value);

    /// Where `prev` is cut open to put another one in: bytes from the element's start to the number
    /// of its `prev`.
    abstract int beforePrev(long offset);

    /// Bytes of a number that is not negative.
    abstract int size(long number);

    /// Writes a number that is not negative.
    abstract void number(Bytes out, long number);
}

package io.netsentinel.transport;

import java.util.concurrent.atomic.LongAdder;

/// Messages and bytes over WebSocket connections since the start.
///
/// @param opened connections that were opened
/// @param messagesIn messages received
/// @param messagesOut messages sent
/// @param bytesIn bytes received
/// @param bytesOut bytes sent
public record Traffic(long opened, long messagesIn, long messagesOut, long bytesIn, long bytesOut) {

    /// That of one connection.
    static Traffic of(ConnectionInfo one) {
        return new Traffic(1, one.messagesIn(), one.messagesOut(), one.bytesIn(), one.bytesOut());
    }

    Traffic plus(Traffic other) {
        return new Traffic(
                opened + other.opened,
                messagesIn + other.messagesIn,
                messagesOut + other.messagesOut,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut);
    }

    /// What connections that are gone have left.
    static final class Past {
        private final LongAdder opened = new LongAdder();
        private final LongAdder messagesIn = new LongAdder();
        private final LongAdder messagesOut = new LongAdder();
        private final LongAdder bytesIn = new LongAdder();
        private final LongAdder bytesOut = new LongAdder();

        void gone(ConnectionInfo one) {
            opened.increment();
            messagesIn.add(one.messagesIn());
            messagesOut.add(one.messagesOut());
            bytesIn.add(one.bytesIn());
            bytesOut.add(one.bytesOut());
        }

        Traffic sum() {
            return new Traffic(
                    opened.sum(),
                    messagesIn.sum(),
                    messagesOut.sum(),
                    bytesIn.sum(),
                    bytesOut.sum());
        }
    }
}

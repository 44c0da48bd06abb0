package io.netsentinel.transport;

import java.util.concurrent.atomic.LongAdder;

/// Messages and bytes over all WebSocket connections since the start.
///
/// @param opened connections that were opened
/// @param messagesIn messages received
/// @param messagesOut messages sent
/// @param bytesIn bytes received
/// @param bytesOut bytes sent
public record Traffic(long opened, long messagesIn, long messagesOut, long bytesIn, long bytesOut) {

    Traffic with(ConnectionInfo one) {
        return new Traffic(
                opened,
                messagesIn + one.messagesIn(),
                messagesOut + one.messagesOut(),
                bytesIn + one.bytesIn(),
                bytesOut + one.bytesOut());
    }

    /// What connections that are gone have left.
    static final class Past {
        private final LongAdder opened = new LongAdder();
        private final LongAdder messagesIn = new LongAdder();
        private final LongAdder messagesOut = new LongAdder();
        private final LongAdder bytesIn = new LongAdder();
        private final LongAdder bytesOut = new LongAdder();

        void opened() {
            opened.increment();
        }

        void gone(ConnectionInfo one) {
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

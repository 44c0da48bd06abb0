package io.netsentinel.integrations.spi;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// A place events go to. It knows how to hand records over and nothing else: where it is in the
/// log, what to do when the target fails, and when to try again is decided by its runner.
///
/// Called from one thread only. It connects when it has something to deliver and not before, holds
/// no records after a call, and can be used again after an exception. A thread that is interrupted
/// in [#deliver(List)] has waited too long: the call must end with an exception.
public interface Sink extends AutoCloseable {
    /// Where it delivers to, for people: an address or a path, never a secret.
    String target();

    /// Hands records over, in their order. When this returns, the target has what it says it has:
    /// it is not offered again.
    ///
    /// @param batch at least one record, all of one channel
    /// @throws IOException when it is not known what the target has got; the batch is offered again
    Delivery deliver(List<SinkRecord> batch) throws IOException;

    /// Connections its target has answered over so far, for those who wonder whether they are kept.
    /// Any thread may ask.
    ///
    /// @return empty when there is no such thing, or it is not known
    default OptionalLong connections() {
        return OptionalLong.empty();
    }

    /// Lets go of connections and files. Closing twice does nothing.
    @Override
    void close();
}

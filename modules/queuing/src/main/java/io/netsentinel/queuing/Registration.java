package io.netsentinel.queuing;

/// Ends what was registered; closing twice does nothing.
@FunctionalInterface
public interface Registration extends AutoCloseable {

    @Override
    void close();
}

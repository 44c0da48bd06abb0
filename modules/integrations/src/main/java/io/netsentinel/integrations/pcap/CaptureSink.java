package io.netsentinel.integrations.pcap;

import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Routed;

/// Takes what a [Capture] makes of a file.
public interface CaptureSink {
    /// Where and when the present packet comes in.
    LineContext context();

    /// A packet or a flow that has ended.
    void event(Routed event);

    /// A record that cannot be read.
    ///
    /// @param reason fit to be shown
    /// @param number that of the packet it would have been
    void damaged(String reason, long number);

    /// A record was read to its end, and its events were given.
    ///
    /// @param end position in the file behind it
    /// @return false when no more can be taken now
    boolean took(long end);
}

package io.netsentinel.integrations;

import io.netsentinel.events.Event;
import io.netsentinel.tracing.Taken;
import io.netsentinel.tracing.TraceParent;
import io.netsentinel.tracing.Tracing;
import java.util.Optional;

/// When the steps of one batch were taken, for the events of it that are followed. For one thread.
final class Steps {
    /// Of the events that come in a trace of their sender's, however large the body is: that they
    /// are followed is the sender's wish, who need not pay for it.
    private static final int MOST_OF_SENDER = 256;

    private final Tracing tracing;
    private final Optional<TraceParent> parent;
    private long received;
    private long begun;
    private int ofSender;

    /// @param parent the trace the events come with
    Steps(Tracing tracing, Optional<TraceParent> parent) {
        this.tracing = tracing;
        this.parent = parent;
    }

    /// The first of a batch begins to be read.
    void receiving() {
        if (tracing.on()) {
            received = tracing.now();
        }
    }

    /// A line begins to be normalised.
    void normalising() {
        if (tracing.on()) {
            begun = tracing.now();
        }
    }

    /// An event is ready to be committed.
    ///
    /// @param payload what the log is given, the very array
    /// @param copies on how many channels
    void ready(String source, Event event, byte[] payload, int copies) {
        if (wanted()) {
            tracing.taken(
                    payload,
                    new Taken(source, event.id(), copies, parent, received, begun, tracing.now()));
        }
    }

    private boolean wanted() {
        return tracing.wanted(parent) && (parent.isEmpty() || ++ofSender <= MOST_OF_SENDER);
    }
}

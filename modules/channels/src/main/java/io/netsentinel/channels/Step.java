package io.netsentinel.channels;

/// What a subscription has next.
public sealed interface Step permits Step.Events, Gap, Step.Pause {

    /// One or more events, encoded.
    ///
    /// @param frame one object, or an array of objects when there are several
    /// @param count how many events
    /// @param committed when the last of them was committed, milliseconds since 1970; 0 when that
    ///   is not known
    record Events(Frame frame, int count, long committed) implements Step {

        /// The frame's bytes; often shared by many subscriptions, so never change them.
        public byte[] bytes() {
            return frame.bytes();
        }
    }

    /// Nothing now.
    enum Pause implements Step {
        /// Everything so far is delivered; the next event wakes.
        IDLE,
        /// A page is being read; its arrival wakes.
        LOADING,
        /// There is something, but it does not fit into the room given.
        FULL,
        /// The channel began a new epoch: what was handed out of the old one may be gone from the
        /// log. Subscribe anew from the position.
        BROKEN,
        /// The subscription is closed.
        CLOSED
    }
}

package io.netsentinel.channels;

/// What a subscription has next.
public sealed interface Step permits Step.Events, Gap, Step.Pause {

    /// One or more events, encoded.
    ///
    /// @param bytes one JSON object, or an array of objects when there are several; often shared by
    ///   many subscriptions, so never change it
    /// @param count how many events
    @SuppressWarnings("ArrayRecordComponent") // shared on purpose: encoded once for all
    record Events(byte[] bytes, int count) implements Step {}

    /// Nothing now.
    enum Pause implements Step {
        /// Everything so far is delivered; the next event wakes.
        IDLE,
        /// A page is being read; its arrival wakes.
        LOADING,
        /// There is something, but it does not fit into the room given.
        FULL,
        /// The subscription is closed.
        CLOSED
    }
}

package io.netsentinel.channels;

/// Offsets that will not be delivered.
///
/// @param from first of them
/// @param to last of them
/// @param reason why
public record Gap(long from, long to, Reason reason) implements Step {

    /// Why offsets are not delivered.
    public enum Reason {
        /// Retention took them before the subscription came to them.
        RETENTION("retention"),
        /// Their own time to live was over.
        EXPIRED("expired"),
        /// The subscription wants no more events a second than it got, it lagged, or it began with
        /// the last values of a state channel: newer events took their place, or they were left out
        /// by the channel's policy.
        SAMPLED("sampled"),
        /// The log lost them: their file was damaged, or the machine crashed before an epoch.
        LOST("lost");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /// As it stands in a `gap` message.
        public String text() {
            return text;
        }
    }
}

package io.netsentinel.integrations.spi;

import java.time.Instant;

/// Where and when a line came in.
///
/// @param source name of the source; the sensor's name when the line does not say it
/// @param received when it was read
/// @param receivedText the same as ISO 8601 text, made once for many lines
public record LineContext(String source, Instant received, String receivedText) {
    /// A context of that time.
    public static LineContext of(String source, Instant received) {
        return new LineContext(source, received, received.toString());
    }
}

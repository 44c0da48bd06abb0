package io.netsentinel.tracing;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The trace somebody else has begun, as the header `traceparent` of W3C Trace Context says it.
///
/// @param trace its id, 32 lower case hexadecimal digits
/// @param span the span that is the parent here, 16 of them
/// @param sampled whether whoever began it keeps it
public record TraceParent(String trace, String span, boolean sampled) {
    private static final Pattern SHAPE =
            Pattern.compile(
                    "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /// Reads the header; empty when it is not understood, as the standard wants it.
    public static Optional<TraceParent> parse(String header) {
        Matcher found = SHAPE.matcher(header);
        if (!found.matches() || (found.group(1).equals("00") && found.group(5) != null)) {
            return Optional.empty();
        }
        int flags = Integer.parseInt(found.group(4), 16);
        return Optional.of(new TraceParent(found.group(2), found.group(3), (flags & 1) == 1));
    }
}

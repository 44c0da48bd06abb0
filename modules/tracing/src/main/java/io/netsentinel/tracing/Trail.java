package io.netsentinel.tracing;

/// A traced event on one channel, committed: what the spans that follow hang on.
///
/// @param trace the trace's id
/// @param root its first span here
/// @param fanOut the span of the fan-out, which is told of later than it is hung on
/// @param committed when, nanoseconds since 1970
public record Trail(
        String channel, long offset, String trace, String root, String fanOut, long committed) {}

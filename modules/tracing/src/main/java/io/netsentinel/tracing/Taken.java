package io.netsentinel.tracing;

import java.util.Optional;

/// An event that was taken in and is to be committed. Times are those of [Tracing#now()].
///
/// @param source where it came from
/// @param event its id
/// @param copies on how many channels it is to stand
/// @param parent the trace it comes with
/// @param received when what it came with began to be read
/// @param begun when its line began to be normalised
/// @param done when it was ready to be committed
public record Taken(
        String source,
        String event,
        int copies,
        Optional<TraceParent> parent,
        long received,
        long begun,
        long done) {}

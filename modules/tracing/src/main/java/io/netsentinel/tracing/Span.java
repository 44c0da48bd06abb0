package io.netsentinel.tracing;

import java.util.Map;

/// One stretch of an event's way.
///
/// @param parent id of the span it belongs to; empty for the first one of a trace
/// @param kind as OTLP numbers it
/// @param start nanoseconds since 1970
/// @param end nanoseconds since 1970
/// @param attributes texts and whole numbers by name
/// @param error what went wrong; empty when nothing did
record Span(
        String trace,
        String id,
        String parent,
        String name,
        int kind,
        long start,
        long end,
        Map<String, Object> attributes,
        String error) {
    static final int INTERNAL = 1;
    static final int PRODUCER = 4;
    static final int CONSUMER = 5;

    static Span inner(String trace, String parent, String name, long start, long end) {
        return new Span(trace, Ids.span(), parent, name, INTERNAL, start, end, Map.of(), "");
    }
}

package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.URL;
import static io.netsentinel.app.config.ValueTypes.count;

import java.net.URI;

/// The settings under `tracing`.
public final class TracingKeys {
    public static final Key<URI> ENDPOINT =
            Key.optional(
                    "tracing.otlp.endpoint",
                    URL,
                    "http://localhost:4318/v1/traces",
                    "Where traces of single events go: the address of an OpenTelemetry collector for OTLP over HTTP,"
                            + " with its path. Nothing is traced without it.");
    public static final Key<Integer> ONE_IN =
            Key.of(
                    "tracing.one-in",
                    count("a count", 0, 1_000_000),
                    100,
                    "Of so many events one is traced, on average; 0: only those that come with a trace of their own,"
                            + " which always are.");

    static final Section SECTION =
            Section.of(
                    "Traces", "The way of single events, see docs/tracing.md.", ENDPOINT, ONE_IN);

    private TracingKeys() {}
}

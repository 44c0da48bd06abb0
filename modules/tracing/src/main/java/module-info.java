/// Traces of single events on their way through the server, given to a collector of OpenTelemetry.
/// Knows nothing of NetSentinel.
@org.jspecify.annotations.NullMarked
module io.netsentinel.tracing {
    requires com.fasterxml.jackson.core;
    requires java.net.http;
    requires static org.jspecify;

    exports io.netsentinel.tracing;
}

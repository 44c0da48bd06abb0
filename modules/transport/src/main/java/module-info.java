/// Protocol `netsentinel.v1`, the pump, limits, the HTTP server and its guard.
@org.jspecify.annotations.NullMarked
module io.netsentinel.transport {
    requires transitive io.netsentinel.channels;
    requires transitive io.netsentinel.auth;
    requires io.netsentinel.websocket;
    requires transitive io.helidon.webserver;
    requires com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports io.netsentinel.transport;
}

/// Protocol `netsentinel.v1`, the pump, limits, the HTTP server and its guard.
///
/// [io.netsentinel.transport.Server] puts it together from [io.netsentinel.transport.Services] and
/// the endpoints of all modules.
@org.jspecify.annotations.NullMarked
module io.netsentinel.transport {
    requires transitive io.netsentinel.channels;
    requires transitive io.netsentinel.auth;
    requires transitive io.netsentinel.websocket;
    requires transitive io.helidon.webserver;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive java.logging;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports io.netsentinel.transport;
    exports io.netsentinel.transport.spi;
}

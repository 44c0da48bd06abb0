/// Command line, configuration and wiring.
@org.jspecify.annotations.NullMarked
module io.netsentinel.app {
    requires io.netsentinel.webui;
    requires io.netsentinel.websocket;
    requires static org.jspecify;

    exports io.netsentinel.app;
}

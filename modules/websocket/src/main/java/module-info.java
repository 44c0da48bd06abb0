/// RFC 6455 on Helidon's upgrade SPI, and a listener that survives running out of file descriptors.
/// Knows nothing of NetSentinel.
@org.jspecify.annotations.NullMarked
module io.netsentinel.websocket {
    requires transitive io.helidon.webserver;
    requires transitive io.helidon.http;
    requires io.helidon.common.buffers;
    requires io.helidon.common.socket;
    requires io.helidon.websocket;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports io.netsentinel.websocket;
}

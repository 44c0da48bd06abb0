/// RFC 6455 on Helidon's upgrade SPI. Knows nothing of NetSentinel.
@org.jspecify.annotations.NullMarked
module io.netsentinel.websocket {
    requires transitive io.helidon.webserver;
    requires transitive io.helidon.websocket;
    requires static org.jspecify;

    exports io.netsentinel.websocket;
}

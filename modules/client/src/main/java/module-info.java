/// The Java client of the protocol `netsentinel.v1`. It needs nothing of the server: the JDK's own
/// WebSocket and Jackson are enough.
@org.jspecify.annotations.NullMarked
module io.netsentinel.client {
    requires transitive java.net.http;
    requires transitive com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports io.netsentinel.client;
}

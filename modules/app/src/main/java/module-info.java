/// Command line, configuration and wiring, and nothing else: no other module depends on this one,
/// so it exports nothing.
@org.jspecify.annotations.NullMarked
module io.netsentinel.app {
    requires java.logging;
    requires java.net.http;
    requires jdk.management;
    requires jdk.unsupported;
    requires com.fasterxml.jackson.databind;
    requires io.netsentinel.analytics;
    requires io.netsentinel.detection;
    requires io.netsentinel.integrations;
    requires io.netsentinel.webui;
    requires io.netsentinel.websocket;
    requires org.snakeyaml.engine;
    requires io.netsentinel.transport;
    requires static org.jspecify;

    uses io.netsentinel.channels.spi.Codec;
    uses io.netsentinel.detection.spi.Detector;
    uses io.netsentinel.integrations.spi.Normalizer;
    uses io.netsentinel.transport.spi.Endpoint;
    uses io.netsentinel.transport.spi.Method;
}

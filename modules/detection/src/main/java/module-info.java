/// Triage state of alerts, its endpoints and methods.
@org.jspecify.annotations.NullMarked
module io.netsentinel.detection {
    requires transitive io.netsentinel.channels;
    requires transitive io.netsentinel.transport;
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports io.netsentinel.detection;
}

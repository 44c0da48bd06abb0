/// The list of alerts and their triage: who acknowledged, escalated or noted what; and the
/// detectors that read the log and publish what they find.
///
/// @provides io.netsentinel.transport.spi.Endpoint `/api/alerts`, `/api/detectors`
/// @provides io.netsentinel.transport.spi.Method `alert.ack`, `alert.unack`, `alert.escalate`,
///   `alert.note`
@org.jspecify.annotations.NullMarked
module io.netsentinel.detection {
    requires transitive io.netsentinel.channels;
    requires transitive io.netsentinel.transport;
    requires com.fasterxml.jackson.databind;
    requires static org.jspecify;

    exports io.netsentinel.detection;
    exports io.netsentinel.detection.spi;

    provides io.netsentinel.transport.spi.Endpoint with
            io.netsentinel.detection.AlertEndpoint,
            io.netsentinel.detection.DetectorsEndpoint;
    provides io.netsentinel.transport.spi.Method with
            io.netsentinel.detection.AcknowledgeMethod,
            io.netsentinel.detection.UnacknowledgeMethod,
            io.netsentinel.detection.EscalateMethod,
            io.netsentinel.detection.NoteMethod;
}

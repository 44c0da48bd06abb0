/// The list of alerts and their triage: who acknowledged, escalated or noted what. The detectors
/// that read the log and publish what they find. Incidents: which alerts and findings belong
/// together, and what people do about them.
///
/// @provides io.netsentinel.transport.spi.Endpoint `/api/alerts`, `/api/detectors`,
///   `/api/incidents`, `/api/ml`, `/api/scores`, `/api/system`, `/api/topology`
/// @provides io.netsentinel.transport.spi.Method `alert.ack`, `alert.unack`, `alert.escalate`,
///   `alert.note`, `incident.status`, `incident.assign`, `incident.note`
/// @provides io.netsentinel.transport.spi.Meter of the detectors
@org.jspecify.annotations.NullMarked
module io.netsentinel.detection {
    requires transitive io.netsentinel.channels;
    requires transitive io.netsentinel.transport;
    requires com.fasterxml.jackson.databind;
    requires randomcutforest.core;
    requires static org.jspecify;

    exports io.netsentinel.detection;
    exports io.netsentinel.detection.spi;

    provides io.netsentinel.transport.spi.Meter with
            io.netsentinel.detection.DetectionMeter;
    provides io.netsentinel.transport.spi.Endpoint with
            io.netsentinel.detection.AlertEndpoint,
            io.netsentinel.detection.DetectorsEndpoint,
            io.netsentinel.detection.incident.IncidentEndpoint,
            io.netsentinel.detection.health.HealthConditionsEndpoint,
            io.netsentinel.detection.ml.ModelEndpoint,
            io.netsentinel.detection.score.ScoreEndpoint,
            io.netsentinel.detection.topology.TopologyEndpoint;
    provides io.netsentinel.transport.spi.Method with
            io.netsentinel.detection.AcknowledgeMethod,
            io.netsentinel.detection.UnacknowledgeMethod,
            io.netsentinel.detection.EscalateMethod,
            io.netsentinel.detection.NoteMethod,
            io.netsentinel.detection.incident.IncidentMethod.Status,
            io.netsentinel.detection.incident.IncidentMethod.Assign,
            io.netsentinel.detection.incident.IncidentMethod.Note;
}

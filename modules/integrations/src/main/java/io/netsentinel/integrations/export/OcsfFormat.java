package io.netsentinel.integrations.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;

/// Events of the Open Cybersecurity Schema Framework 1.3: Detection Finding, Authentication,
/// Network, HTTP and DNS Activity, and Base Event for everything else. What has no place there is
/// in `unmapped`, the input line in `raw_data`.
final class OcsfFormat implements EventFormat {
    private static final String VERSION = "1.3.0";

    @Override
    public ObjectNode write(Event event, String channel, long offset) {
        OcsfClass type = OcsfClass.of(event);
        OcsfClass.Activity activity = type.activity(event);
        OcsfParts parts = new OcsfParts(event);
        ObjectNode out = Lines.object();
        out.put("class_uid", type.uid()).put("class_name", type.text());
        out.put("category_uid", type.category()).put("category_name", type.categoryText());
        out.put("activity_id", activity.id()).put("activity_name", activity.text());
        out.put("type_uid", type.uid() * 100L + activity.id());
        out.put("type_name", type.text() + ": " + activity.text());
        out.put("time", event.timestamp().toEpochMilli());
        severity(out, event);
        status(out, event);
        parts.time(out, "start_time", Fields.EVENT_START);
        parts.time(out, "end_time", Fields.EVENT_END);
        if (event.has(Fields.EVENT_DURATION)) {
            out.put("duration", event.number(Fields.EVENT_DURATION, 0) / 1_000_000);
        }
        parts.text(out, "message", Fields.MESSAGE);
        metadata(out, event, parts, channel, offset);
        switch (type) {
            case BASE -> {}
            case DETECTION_FINDING -> parts.finding(out);
            case AUTHENTICATION -> {
                parts.signIn(out);
                parts.endpoints(out);
            }
            case NETWORK_ACTIVITY, HTTP_ACTIVITY, DNS_ACTIVITY -> {
                parts.endpoints(out);
                parts.connection(out);
                parts.traffic(out);
            }
        }
        if (type == OcsfClass.DNS_ACTIVITY) {
            parts.dns(out);
        }
        if (type == OcsfClass.HTTP_ACTIVITY) {
            parts.http(out);
        }
        parts.text(out, "raw_data", Fields.RAW);
        out.set("unmapped", unmapped(event));
        return out;
    }

    private static void severity(ObjectNode out, Event event) {
        switch (event.severity()) {
            case INFO -> out.put("severity_id", 1).put("severity", "Informational");
            case LOW -> out.put("severity_id", 2).put("severity", "Low");
            case MEDIUM -> out.put("severity_id", 3).put("severity", "Medium");
            case HIGH -> out.put("severity_id", 4).put("severity", "High");
            case CRITICAL -> out.put("severity_id", 5).put("severity", "Critical");
        }
    }

    /// Of a finding the status is what became of it, which is not known here.
    private static void status(ObjectNode out, Event event) {
        if (OcsfClass.of(event) == OcsfClass.DETECTION_FINDING) {
            out.put("status_id", 1).put("status", "New");
            return;
        }
        switch (event.text(Fields.EVENT_OUTCOME)) {
            case "success" -> out.put("status_id", 1).put("status", "Success");
            case "failure" -> out.put("status_id", 2).put("status", "Failure");
            default -> out.put("status_id", 0).put("status", "Unknown");
        }
    }

    private static void metadata(
            ObjectNode out, Event event, OcsfParts parts, String channel, long offset) {
        ObjectNode metadata = out.putObject("metadata").put("version", VERSION);
        String module = event.text(Fields.EVENT_MODULE);
        String product = event.text(Fields.OBSERVER_PRODUCT);
        String name = product.isEmpty() ? module : product;
        metadata.putObject("product")
                .put("name", name.isEmpty() ? "NetSentinel" : name)
                .put("vendor_name", name.isEmpty() ? "NetSentinel" : name);
        metadata.put("log_name", channel).put("sequence", offset);
        parts.text(metadata, "uid", Fields.ID);
        parts.text(metadata, "event_code", Fields.EVENT_DATASET);
        parts.text(metadata, "log_provider", Fields.OBSERVER_NAME);
        parts.time(metadata, "logged_time", Fields.EVENT_INGESTED);
        parts.text(metadata, "original_time", Fields.TIMESTAMP);
    }

    /// The whole event but for the input line.
    private static ObjectNode unmapped(Event event) {
        Event.Builder rest = event.toBuilder();
        rest.remove(Fields.RAW).remove(Fields.NS_PACKET);
        return Lines.tree(rest.part());
    }
}

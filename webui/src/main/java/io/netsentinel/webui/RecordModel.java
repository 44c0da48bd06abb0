package io.netsentinel.webui;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.ArrayList;
import java.util.List;

/// A flow, a transaction or a packet with all that is known of it, as its template takes it.
///
/// @param kind what the record is
/// @param title one line for people
/// @param time when it happened, ISO
/// @param timeFull the same for people
/// @param source where it came from
/// @param destination where it went
/// @param flow what is known of the two
/// @param payloads what was carried
/// @param alerts of the same flow
/// @param fields all fields
/// @param raw the line as it was received
/// @param relatedHref the other records of the flow, empty when it has no number
/// @param pairHref the two hosts on the topology, empty when they are not known
/// @param closeHref where closing leads
record RecordModel(
        String kind,
        String title,
        String time,
        String timeFull,
        String source,
        String destination,
        List<DetailModel.Pair> flow,
        List<Payload> payloads,
        List<AlertLine> alerts,
        List<DetailModel.Pair> fields,
        String raw,
        String relatedHref,
        String pairHref,
        String closeHref) {

    static RecordModel of(Event event, List<Event> alerts, NetworkView view) {
        String flow = sameFlow(event);
        String source = event.text(Fields.SOURCE_IP);
        String destination = event.text(Fields.DESTINATION_IP);
        return new RecordModel(
                Visible.of(event.text(Fields.EVENT_DATASET)),
                Visible.of(event.text(Fields.MESSAGE)),
                event.timestamp().toString(),
                Rows.full(event.timestamp()),
                DetailModel.end(
                        event,
                        Fields.SOURCE_GEO_COUNTRY_ISO_CODE,
                        Fields.SOURCE_IP,
                        Fields.SOURCE_PORT),
                DetailModel.end(
                        event,
                        Fields.DESTINATION_GEO_COUNTRY_ISO_CODE,
                        Fields.DESTINATION_IP,
                        Fields.DESTINATION_PORT),
                pairs(event),
                DetailModel.payloads(event),
                alerts.stream().map(AlertLine::of).toList(),
                DetailModel.fields(event),
                Visible.of(event.text(Fields.RAW)),
                flow.isEmpty()
                        ? ""
                        : new NetworkView(
                                        NetworkView.Kind.RECORDS, flow, Window.of(TimeRange.ALL), 0)
                                .href(),
                source.isEmpty() || destination.isEmpty()
                        ? ""
                        : Href.of("/topology")
                                .with("source", source)
                                .with("destination", destination)
                                .text(),
                view.closed().href());
    }

    private static List<DetailModel.Pair> pairs(Event event) {
        List<DetailModel.Pair> pairs = new ArrayList<>(DetailModel.flow(event));
        pairs.addAll(
                new PairList(event)
                        .text("Packets to destination", Fields.SOURCE_PACKETS)
                        .text("Packets to source", Fields.DESTINATION_PACKETS)
                        .text("State", Fields.NS_FLOW_STATE, Fields.NS_TCP_STATE)
                        .text("Reason", Fields.EVENT_REASON)
                        .list());
        return pairs;
    }

    /// A filter for what belongs to the same flow, by any sensor; empty when that cannot be said.
    static String sameFlow(Event event) {
        List<String> either = new ArrayList<>();
        for (String field : List.of(Fields.FLOW_ID, Fields.NETWORK_COMMUNITY_ID)) {
            String value = event.text(field);
            if (!value.isEmpty()) {
                either.add(field + " = " + Href.quoted(value));
            }
        }
        return String.join(" or ", either);
    }

    /// Whether there is any alert.
    boolean anyAlerts() {
        return !alerts.isEmpty();
    }

    /// Whether there are other records to look for.
    boolean related() {
        return !relatedHref.isEmpty();
    }

    /// Whether the two hosts are known.
    boolean paired() {
        return !pairHref.isEmpty();
    }
}

package io.netsentinel.integrations.zeek;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.ThreatScore;
import io.netsentinel.integrations.record.Beginning;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Routed;
import java.util.List;
import java.util.Map;

/// Makes the event of one Zeek record, however it was written.
final class ZeekEvent {
    private final Map<String, Object> record;
    private final String path;
    private final String note;

    /// @param path name of the log; empty when nothing says it
    /// @param note what was mended; empty for nothing
    ZeekEvent(Map<String, Object> record, String path, String note) {
        this.record = record;
        this.path = Beginning.plain(path);
        this.note = note;
    }

    Normalized normalized(byte[] line, int offset, int length, LineContext context) {
        Event.Builder event = Event.builder();
        Beginning.raw(event, line, offset, length, context);
        ZeekFields.COMMON.apply(record, event);
        ZeekFields.of(path).apply(record, event);
        if (!event.has(Fields.TIMESTAMP) && !event.has(Fields.FLOW_ID) && path.equals("unknown")) {
            return new Normalized.Rejected("no ts, no uid and no known log: not a Zeek record");
        }
        Beginning.complete(event, context, note);
        ZeekLogs.Log log = ZeekLogs.of(path);
        event.put(Fields.EVENT_MODULE, "zeek");
        event.put(Fields.EVENT_DATASET, "zeek." + path);
        event.put(Fields.OBSERVER_TYPE, "ids");
        event.put(Fields.OBSERVER_PRODUCT, "Zeek");
        Beginning.kind(event, log.kind(), log.categories(), log.types());
        ZeekDetail.complete(event, path, record);
        Event built = event.build();
        return new Normalized.Accepted(List.of(new Routed(built, channels(log, built))));
    }

    private static List<String> channels(ZeekLogs.Log log, Event event) {
        return event.score() >= ThreatScore.THREAT
                ? List.of(log.channel(), Channel.THREATS)
                : List.of(log.channel());
    }
}

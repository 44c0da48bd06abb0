package io.netsentinel.integrations.sink.format;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.spi.SinkRecord;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// What several formats want to know of an event.
public final class EventWords {
    private static final int LAST_YEAR = 9_999;
    private static final List<String> NAMES =
            List.of(
                    Fields.RULE_NAME,
                    Fields.MESSAGE,
                    Fields.EVENT_ACTION,
                    Fields.EVENT_DATASET,
                    Fields.EVENT_KIND);

    private EventWords() {}

    /// When it happened; when it was committed if it does not say, or names a year that no format
    /// can write.
    public static Instant time(SinkRecord record, Event event) {
        Instant time = event.timestamp();
        int year = time.equals(Instant.EPOCH) ? -1 : time.atOffset(ZoneOffset.UTC).getYear();
        return year >= 0 && year <= LAST_YEAR ? time : Instant.ofEpochMilli(record.time());
    }

    /// The best name it has.
    public static String name(Event event) {
        return NAMES.stream()
                .map(event::text)
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("event");
    }

    /// What kind of event it is, the same for the same kind: the signature's number, or the data
    /// set.
    public static String type(Event event) {
        String rule = event.text(Fields.RULE_ID);
        String dataset = event.text(Fields.EVENT_DATASET);
        return !rule.isEmpty() ? rule : dataset.isEmpty() ? "event" : dataset;
    }

    /// 0 to 10, as CEF and LEEF count.
    public static int outOfTen(Event event) {
        return switch (event.severity()) {
            case INFO -> 1;
            case LOW -> 3;
            case MEDIUM -> 5;
            case HIGH -> 8;
            case CRITICAL -> 10;
        };
    }

    /// The severity of syslog: 2 critical to 6 informational.
    public static int syslog(Event event) {
        return switch (event.severity()) {
            case INFO -> 6;
            case LOW -> 5;
            case MEDIUM -> 4;
            case HIGH -> 3;
            case CRITICAL -> 2;
        };
    }
}

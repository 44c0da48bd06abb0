package io.netsentinel.integrations;

import io.netsentinel.channels.HistoryPage;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.transport.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A page of stored events as CSV, for spreadsheets: a row for each event, a column for each field.
final class CsvExport {
    private static final int MOST = 50;
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9@_.-]{1,128}");
    private static final List<String> USUAL =
            List.of(
                    Fields.TIMESTAMP,
                    Fields.NS_SEVERITY,
                    Fields.NS_SCORE,
                    Fields.RULE_ID,
                    Fields.RULE_NAME,
                    Fields.SOURCE_IP,
                    Fields.SOURCE_PORT,
                    Fields.DESTINATION_IP,
                    Fields.DESTINATION_PORT,
                    Fields.OBSERVER_NAME,
                    Fields.EVENT_DATASET,
                    Fields.MESSAGE,
                    Fields.ID);

    private final List<String> fields;

    private CsvExport(List<String> fields) {
        this.fields = fields;
    }

    /// @param wanted names separated by commas; empty for the usual ones
    /// @throws Problem 400 when one is no name of a field
    static CsvExport of(String wanted) {
        if (wanted.isEmpty()) {
            return new CsvExport(USUAL);
        }
        List<String> names = List.of(wanted.split(",", -1));
        if (names.size() > MOST || !names.stream().allMatch(n -> FIELD.matcher(n).matches())) {
            throw Problem.badRequest(
                    "fields are 1 to " + MOST + " names such as source.ip, separated by commas");
        }
        return new CsvExport(names);
    }

    byte[] write(HistoryPage page) {
        StringBuilder text = new StringBuilder(page.events().size() * 200 + 200);
        text.append("offset,").append(joined(fields.stream())).append("\r\n");
        for (LogRecord record : page.events()) {
            text.append(record.offset()).append(',').append(row(record)).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String joined(Stream<String> texts) {
        return texts.map(CsvCell::of).collect(Collectors.joining(","));
    }

    private String row(LogRecord record) {
        try {
            Event event = Event.fromJson(record.payload());
            return joined(fields.stream().map(event::text));
        } catch (MalformedEventException _) {
            return ",".repeat(fields.size() - 1);
        }
    }
}

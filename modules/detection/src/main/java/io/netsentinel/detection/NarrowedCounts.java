package io.netsentinel.detection;

import io.netsentinel.events.Filter;
import io.netsentinel.queuing.Row;
import io.netsentinel.queuing.Table;
import java.util.List;
import java.util.function.Consumer;

/// Numbers for identities that may see some of the alerts only: counted from the rows they may see,
/// because the stored counts are of all.
final class NarrowedCounts {
    private static final int PAGE = 500;

    private final AlertTables tables;
    private final Visibility visibility;
    private final Remembered<Filter, OpenCounts> open = new Remembered<>();
    private final Remembered<Asked, Timeline> timelines = new Remembered<>();

    private record Asked(Filter rows, AlertTimeline.Span span) {}

    NarrowedCounts(AlertTables tables, Visibility visibility) {
        this.tables = tables;
        this.visibility = visibility;
    }

    OpenCounts open(Filter rows) {
        return open.get(rows, () -> countOpen(rows));
    }

    private OpenCounts countOpen(Filter rows) {
        long[] counts = new long[Counts.SEVERITIES];
        each(
                "",
                Table.END,
                row -> {
                    Alert alert = AlertJson.read(row.value());
                    if (alert.status() != Status.ACKNOWLEDGED && visibility.shows(rows, alert)) {
                        counts[Counts.index(alert.event().severity())]++;
                    }
                });
        return OpenCounts.of(counts);
    }

    Timeline timeline(Filter rows, AlertTimeline.Span span) {
        return timelines.get(new Asked(rows, span), () -> count(rows, span));
    }

    private Timeline count(Filter rows, AlertTimeline.Span span) {
        long[][] sums = span.empty();
        each(
                SortKey.hex(span.startMillis()),
                SortKey.hex(span.endMillis()),
                row -> {
                    Alert alert = AlertJson.read(row.value());
                    if (visibility.shows(rows, alert)) {
                        int bucket = span.index(SortKey.time(row.key()));
                        sums[bucket][Counts.index(alert.event().severity())]++;
                    }
                });
        return span.timeline(sums);
    }

    private void each(String from, String to, Consumer<Row> action) {
        String next = from;
        List<Row> page;
        do {
            page = tables.rows().scan(next, to, PAGE);
            page.forEach(action);
            next = page.isEmpty() ? to : page.getLast().key() + "0";
        } while (page.size() == PAGE);
    }
}

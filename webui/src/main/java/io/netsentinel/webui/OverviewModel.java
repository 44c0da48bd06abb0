package io.netsentinel.webui;

import io.netsentinel.detection.OpenCounts;
import io.netsentinel.detection.Timeline;
import io.netsentinel.events.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What the overview shows, as its template takes it.
final class OverviewModel {
    /// Worst first, as everywhere.
    static final List<Severity> WORST_FIRST =
            Stream.of(Severity.values()).sorted(Comparator.reverseOrder()).toList();

    private OverviewModel() {}

    /// A severity by key and word.
    record Level(String key, String word) {
        static List<Level> all() {
            return WORST_FIRST.stream().map(s -> new Level(s.text(), Rows.word(s))).toList();
        }
    }

    /// One number of the strip.
    ///
    /// @param id of its element
    /// @param unit behind the value, may be empty
    /// @param line points of its sparkline
    /// @param area points of the area below
    /// @param hot whether it is drawn in the colour of critical
    /// @param local whether the browser itself measures it
    /// @param origin where the number comes from
    record Kpi(
            String id,
            String label,
            String value,
            String unit,
            String line,
            String area,
            boolean hot,
            boolean local,
            String origin) {

        static Kpi of(
                String id, String label, String value, String unit, double[] trend, String origin) {
            Sparkline spark = Sparkline.of(trend);
            return new Kpi(
                    id, label, value, unit, spark.line(), spark.area(), false, false, origin);
        }

        Kpi hot(boolean now) {
            return new Kpi(id, label, value, unit, line, area, now, local, origin);
        }

        Kpi measuredByBrowser() {
            return new Kpi(id, label, value, unit, line, area, hot, true, origin);
        }
    }

    /// The open alerts of one severity.
    record Bar(String key, String word, long count, String shown, String href) {}

    /// The open alerts.
    ///
    /// @param total of all severities
    /// @param max the greatest of the counts, at least 1
    record Open(String total, long max, List<Bar> bars) {
        static Open of(OpenCounts counts) {
            List<Bar> bars =
                    WORST_FIRST.stream()
                            .map(severity -> bar(severity, counts.of(severity)))
                            .toList();
            long max = bars.stream().mapToLong(Bar::count).max().orElse(0);
            return new Open(Numbers.whole(counts.total()), Math.max(1, max), bars);
        }

        private static Bar bar(Severity severity, long count) {
            return new Bar(
                    severity.text(),
                    Rows.word(severity),
                    count,
                    Numbers.whole(count),
                    "/alerts?severity=" + severity.text());
        }
    }

    /// A bucket that is not empty, as a row of the table.
    record Row(long at, String time, List<String> counts) {}

    /// One severity of the drawing that stands there until the chart is drawn.
    record Layer(String key, String path) {}

    /// The chart and its table.
    ///
    /// @param title what is counted
    /// @param bucket ms
    /// @param from ms since 1970
    /// @param buckets how many
    /// @param step the width of a bucket for people
    /// @param summary the chart in one sentence
    record Chart(
            String title,
            long bucket,
            long from,
            int buckets,
            String step,
            String summary,
            List<Layer> layers,
            List<Row> rows) {

        static Chart of(Timeline timeline, Window window) {
            return of("Threat timeline", timeline, window);
        }

        static Chart of(String title, Timeline timeline, Window window) {
            boolean days =
                    timeline.bucket().multipliedBy(timeline.buckets().size()).toHours() >= 24;
            List<Row> rows =
                    timeline.buckets().stream()
                            .filter(bucket -> sum(bucket) > 0)
                            .sorted(Comparator.comparing(Timeline.Bucket::start).reversed())
                            .map(bucket -> row(bucket, days))
                            .toList();
            return new Chart(
                    title,
                    timeline.bucket().toMillis(),
                    timeline.from().toEpochMilli(),
                    timeline.buckets().size(),
                    window.words() + ", " + TimeRange.text(timeline.bucket()) + " buckets",
                    summary(timeline, window),
                    layers(timeline),
                    rows);
        }

        private static Row row(Timeline.Bucket bucket, boolean days) {
            Instant start = bucket.start();
            String time = days ? Rows.full(start).substring(0, 16) : Rows.clock(start);
            List<String> counts =
                    WORST_FIRST.stream().map(s -> Numbers.whole(bucket.of(s))).toList();
            return new Row(start.toEpochMilli(), time, counts);
        }

        private static String summary(Timeline timeline, Window window) {
            long total = timeline.buckets().stream().mapToLong(Chart::sum).sum();
            long critical =
                    timeline.buckets().stream().mapToLong(b -> b.of(Severity.CRITICAL)).sum();
            return String.format(
                    Locale.ROOT,
                    "Alerts by severity over time, %s: %s, %s critical",
                    window.words(),
                    Numbers.count(total, "alert"),
                    Numbers.whole(critical));
        }

        /// Bars in a box of 1000 by 200, stacked with the worst on top.
        private static List<Layer> layers(Timeline timeline) {
            long max =
                    Math.max(1, timeline.buckets().stream().mapToLong(Chart::sum).max().orElse(0));
            double width = 1_000.0 / Math.max(1, timeline.buckets().size());
            long[] below = new long[timeline.buckets().size()];
            List<Layer> layers = new ArrayList<>();
            for (Severity severity : WORST_FIRST.reversed()) {
                StringBuilder path = new StringBuilder();
                for (int i = 0; i < below.length; i++) {
                    long count = timeline.buckets().get(i).of(severity);
                    if (count > 0) {
                        double bottom = 200 - 180.0 * below[i] / max;
                        double height = 180.0 * count / max;
                        path.append(
                                String.format(
                                        Locale.ROOT,
                                        "M%.1f %.1fh%.1fv-%.1fh-%.1fz",
                                        i * width + width * 0.08,
                                        bottom,
                                        width * 0.84,
                                        height,
                                        width * 0.84));
                        below[i] += count;
                    }
                }
                layers.add(new Layer(severity.text(), path.toString()));
            }
            return layers;
        }

        private static long sum(Timeline.Bucket bucket) {
            return bucket.counts().stream().mapToLong(Long::longValue).sum();
        }
    }

    /// A sensor of the panel.
    ///
    /// @param state `ok`, `warn` or `bad`, for the mark
    /// @param word the same as a word
    /// @param trouble what is wrong though it reports, such as `0.4 % dropped`; empty for nothing
    record Sensor(
            String name,
            String state,
            String word,
            String rate,
            String trouble,
            String hint,
            Instant last) {
        boolean troubled() {
            return !trouble.isEmpty();
        }

        String seen() {
            return last.toString();
        }

        String seenFull() {
            return Rows.full(last);
        }

        String seenClock() {
            return Rows.clock(last);
        }
    }

    /// The sensors.
    record Sensors(String summary, List<Sensor> list) {
        static Sensors of(List<Sensor> list) {
            long reporting = list.stream().filter(sensor -> sensor.state().equals("ok")).count();
            return new Sensors(reporting + " of " + list.size() + " reporting", list);
        }

        boolean none() {
            return list.isEmpty();
        }
    }

    /// A source of the panel.
    ///
    /// @param state `ok`, `warn` or `bad`
    /// @param detail what it does, in a few words
    /// @param percent how much of the backlog is read, 100 when there is none
    record Source(String name, String path, String state, String detail, String rate, int percent) {
        boolean behind() {
            return percent < 100;
        }
    }

    /// The sources.
    record Sources(String summary, List<Source> list) {
        boolean any() {
            return !list.isEmpty();
        }
    }

    /// Where in the log the page was rendered.
    ///
    /// @param now the server's clock, ms since 1970
    record At(String epoch, long offset, long now) {}
}

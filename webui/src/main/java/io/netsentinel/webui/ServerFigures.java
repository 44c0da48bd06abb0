package io.netsentinel.webui;

import io.netsentinel.analytics.FigureHistory;
import io.netsentinel.analytics.FigureLines;
import io.netsentinel.queuing.DiskForecast;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.transport.Services;
import io.netsentinel.webui.OverviewModel.Kpi;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The figures of the server itself for `/stats`, as the server has kept them: those of `/metrics`,
/// over any time.
final class ServerFigures {
    private static final int POINTS = 90;

    /// A label that is none: a quantile of a histogram is meant.
    private static final String SHARE = "share=";

    /// What is shown as present is the newest sample of this time.
    private static final Duration PRESENT = Duration.ofMinutes(1);

    private final Optional<FigureHistory> history;
    private final EventLog log;

    ServerFigures(Services services) {
        this.log = services.get(EventLog.class);
        this.history = services.find(FigureHistory.class);
    }

    /// A group of tiles.
    ///
    /// @param note a sentence below its heading, empty for none
    /// @param mark `ok`, `warn` or `bad` before the note
    record Group(String id, String title, List<Kpi> kpis, String note, String mark) {
        /// Whether there is a note.
        boolean noted() {
            return !note.isEmpty();
        }

        /// The same with how long the disk lasts.
        Group noting(DiskForecast forecast) {
            String text = forecast.text();
            return new Group(
                    id,
                    title,
                    kpis,
                    text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".",
                    switch (forecast.outlook()) {
                        case UNKNOWN -> "";
                        case WELL -> "ok";
                        case SHORT -> "warn";
                        case FILLING -> "bad";
                    });
        }
    }

    /// A tile.
    ///
    /// @param name the figure, as in `/metrics`; of all its labels the sum is shown
    /// @param label name and value of a label, when only that is meant: `direction=out`; of a
    ///   histogram `share=0.99`
    /// @param factor what it is multiplied with
    /// @param unit behind it, may be empty
    /// @param words writes it
    /// @param origin where it comes from
    private record Tile(
            String id,
            String title,
            String name,
            String label,
            double factor,
            String unit,
            DoubleFunction<String> words,
            String origin) {

        /// A line of the table below.
        static Tile parse(String line) {
            String[] part = BAR.split(line, -1);
            return new Tile(
                    part[0],
                    part[1],
                    part[2],
                    part[3],
                    Double.parseDouble(part[4]),
                    part[5],
                    writer(part[6]),
                    part[7]);
        }

        boolean means(FigureLines.Line line) {
            return line.name().equals(name)
                    && (label.isEmpty()
                            || line.labels().entrySet().stream()
                                    .anyMatch(one ->
                                            label.equals(one.getKey() + "=" + one.getValue())));
        }
    }

    private static final Pattern BAR = Pattern.compile(" *\\| *");

    /// How values are written.
    private static DoubleFunction<String> writer(String name) {
        return switch (name) {
            case "whole" -> ServerFigures::whole;
            case "bytes" -> ServerFigures::bytes;
            default -> Numbers::rate;
        };
    }

    private static final List<Tile> DELIVERY =
            tiles(
                    """
                    connections | Connections | netsentinel_connections | | 1 | | whole | Open WebSocket connections
                    subscriptions | Subscriptions | netsentinel_subscriptions | | 1 | | whole | Open subscriptions
                    views | Views | netsentinel_views | | 1 | | whole | Subscriptions to the same share one view and what is encoded for it
                    out | Messages out | netsentinel_messages_total | direction=out | 1 | /s | rate | Messages sent
                    in | Messages in | netsentinel_messages_total | direction=in | 1 | /s | rate | Messages received
                    bytes-out | Bytes out | netsentinel_bytes_total | direction=out | 1 | /s | bytes | Bytes sent
                    delivery-half | Commit to socket, p50 | netsentinel_delivery_seconds_bucket | share=0.5 | 1000 | ms | rate | Time from the commit of an event to the end of the socket write that has it, of half of the writes
                    delivery-most | Commit to socket, p99 | netsentinel_delivery_seconds_bucket | share=0.99 | 1000 | ms | rate | The same of 99 % of the writes
                    """);

    private static final List<Tile> INGEST =
            tiles(
                    """
                    events | Events committed | netsentinel_log_events_total | | 1 | /s | rate | Events committed to the log
                    bytes | Bytes committed | netsentinel_log_bytes_total | | 1 | /s | bytes | Bytes of events
                    queued | Waiting for commit | netsentinel_log_queue_events | | 1 | | whole | Events in the queue of the log
                    detection | Detectors behind | netsentinel_detection_lag_events | | 1 | | whole | Events the detectors have still to look at
                    source-lag | Sources behind | netsentinel_source_lag_bytes | | 1 | | bytes | Bytes of files that are still to be read
                    sink-lag | Sinks behind | netsentinel_sink_lag_events | | 1 | | whole | Events that are still to be forwarded, of all sinks
                    """);

    private static final List<Tile> STORAGE =
            tiles(
                    """
                    commit | Commit p99 | netsentinel_log_commit_seconds | quantile=0.99 | 1000 | ms | rate | Time of a commit of H2 since the start
                    append | Append p99 | netsentinel_log_append_seconds | quantile=0.99 | 1000 | ms | rate | Time from the queue to the commit since the start
                    commits | Commits | netsentinel_log_commits_total | | 1 | /s | rate | Commits of H2
                    pages | Pages read | netsentinel_pages_read_total | | 1 | /s | rate | Pages of the log read for subscriptions
                    disk | Disk | netsentinel_log_disk_bytes | | 1 | | bytes | Disk space of all events
                    hot | Events in memory | netsentinel_hot_bytes | | 1 | | bytes | Bytes of the newest events that are kept in memory
                    """);

    private static final List<Tile> PROCESS =
            tiles(
                    """
                    heap | Heap | netsentinel_heap_used_bytes | | 1 | | bytes | Java heap in use, garbage included
                    heap-limit | Heap limit | netsentinel_heap_limit_bytes | | 1 | | bytes | The most Java heap there can be
                    cpu | Processor | process_cpu_seconds_total | | 100 | % of a core | rate | Processor time of the server
                    gc | Garbage collection | jvm_gc_collection_seconds_total | | 1000 | ms/s | rate | Time spent on collecting garbage
                    threads | Threads | jvm_threads_current | | 1 | | whole | Platform threads
                    files | Files and sockets | process_open_fds | | 1 | | whole | Files and sockets that are open
                    """);

    private static final Set<String> NAMES =
            List.of(DELIVERY, INGEST, STORAGE, PROCESS).stream()
                    .flatMap(List::stream)
                    .map(Tile::name)
                    .collect(Collectors.toUnmodifiableSet());

    private static List<Tile> tiles(String table) {
        return table.lines().map(Tile::parse).toList();
    }

    /// All tiles.
    List<Group> groups(Window window, Instant now) {
        FigureLines lines = read(window.from(now), window.to(now), POINTS);
        FigureLines present = window.live() ? read(now.minus(PRESENT), now, POINTS) : lines;
        Group storage = group("storage", "Log and disk", STORAGE, lines, present, window);
        return List.of(
                group("delivery", "Connections and delivery", DELIVERY, lines, present, window),
                group("ingest", "Ingest and lag", INGEST, lines, present, window),
                window.live() ? storage.noting(log.forecast(now)) : storage,
                group("process", "Process", PROCESS, lines, present, window));
    }

    private FigureLines read(Instant from, Instant to, int points) {
        return history.map(kept -> kept.read(NAMES, from, to, points))
                .orElse(new FigureLines(from, Duration.between(from, to), 0, List.of()));
    }

    private static Group group(
            String id,
            String title,
            List<Tile> tiles,
            FigureLines lines,
            FigureLines present,
            Window window) {
        return new Group(
                id,
                title,
                tiles.stream().map(tile -> tile(tile, lines, present, window)).toList(),
                "",
                "");
    }

    private static Kpi tile(Tile tile, FigureLines lines, FigureLines present, Window window) {
        double[] line = sum(tile, lines);
        double[] known = known(window.live() ? sum(tile, present) : line);
        double value =
                known.length == 0
                        ? Double.NaN
                        : window.live()
                                ? known[known.length - 1]
                                : Arrays.stream(known).average().orElse(Double.NaN);
        String what = window.live() ? "the newest of every ten seconds" : "the mean";
        return Kpi.of(
                "stat-" + tile.id(),
                tile.title(),
                Double.isNaN(value) ? "–" : tile.words().apply(value),
                Double.isNaN(value) ? "" : tile.unit(),
                line,
                tile.origin()
                        + " ("
                        + tile.name()
                        + (tile.label().isEmpty() ? "" : ", " + tile.label())
                        + "); "
                        + what
                        + "; the line: "
                        + window.words());
    }

    /// Of all labels that are meant; nothing is known where none of them is.
    private static double[] sum(Tile tile, FigureLines lines) {
        if (tile.label().startsWith(SHARE)) {
            double share = Double.parseDouble(tile.label().substring(SHARE.length()));
            return Arrays.stream(new DeliveryQuantile(lines, tile.name()).values(share))
                    .map(value -> value * tile.factor())
                    .toArray();
        }
        double[] sum = new double[lines.count()];
        Arrays.fill(sum, Double.NaN);
        for (FigureLines.Line line : lines.lines()) {
            if (tile.means(line)) {
                for (int i = 0; i < sum.length; i++) {
                    double value = line.values().get(i) * tile.factor();
                    if (!Double.isNaN(value)) {
                        sum[i] = Double.isNaN(sum[i]) ? value : sum[i] + value;
                    }
                }
            }
        }
        return sum;
    }

    private static double[] known(double[] values) {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    }

    private static String whole(double value) {
        return Numbers.whole(Math.round(value));
    }

    private static String bytes(double value) {
        return Numbers.bytes(Math.round(value));
    }
}

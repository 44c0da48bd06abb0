package io.netsentinel.webui;

import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubStatistics;
import io.netsentinel.detection.Detection;
import io.netsentinel.integrations.SinkOutline;
import io.netsentinel.integrations.Sinks;
import io.netsentinel.integrations.SourceStatus;
import io.netsentinel.integrations.Sources;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogStatistics;
import io.netsentinel.transport.Connections;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.Traffic;
import io.netsentinel.webui.OverviewModel.Kpi;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;

/// The figures of the server itself for `/stats`, each with its last 15 minutes: what `/ws/stats`
/// and `/metrics` tell since the start, as it is now.
final class ServerFigures {
    private static final int SAMPLES = 90;
    private static final double MILLIS = 1e6;

    private final Services services;
    private final int paces;
    private final Map<String, RateOfChange> rates = new HashMap<>();
    private final Map<String, Trend> trends = new HashMap<>();

    /// @param paces how many readings a rate covers
    ServerFigures(Services services, int paces) {
        this.services = services;
        this.paces = paces;
    }

    /// A group of tiles.
    record Group(String id, String title, List<Kpi> kpis) {}

    /// A figure as it is now.
    ///
    /// @param unit behind it, may be empty
    /// @param words writes it
    /// @param origin where it comes from
    private record Reading(
            String id,
            String label,
            double value,
            String unit,
            DoubleFunction<String> words,
            String origin) {}

    /// Reads the counters; called every two seconds.
    synchronized void pace() {
        services.find(EventLog.class)
                .map(EventLog::statistics)
                .ifPresent(now -> {
                    count("events", now.events());
                    count("bytes", now.bytes());
                    count("commits", now.groups());
                });
        services.find(Connections.class)
                .map(Connections::traffic)
                .ifPresent(now -> {
                    count("out", now.messagesOut());
                    count("in", now.messagesIn());
                    count("bytes-out", now.bytesOut());
                });
        services.find(Hub.class)
                .map(Hub::statistics)
                .ifPresent(now -> count("pages", now.pagesRead()));
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .ifPresent(time -> count("cpu", time.toMillis()));
        count("gc", collecting());
    }

    /// Keeps a point of every line; called every ten seconds.
    synchronized void sample() {
        for (Reading reading : all()) {
            trends.computeIfAbsent(reading.id(), _ -> new Trend(SAMPLES)).add(reading.value());
        }
    }

    private void count(String name, long value) {
        rates.computeIfAbsent(name, _ -> new RateOfChange(paces)).add(System.nanoTime(), value);
    }

    private double rate(String name) {
        return Optional.ofNullable(rates.get(name)).map(RateOfChange::perSecond).orElse(0.0);
    }

    /// Time spent on collecting garbage since the start, milliseconds.
    private static long collecting() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(time -> time > 0)
                .sum();
    }

    private List<Reading> all() {
        List<Reading> all = new ArrayList<>(delivery());
        all.addAll(ingest());
        all.addAll(storage());
        all.addAll(process());
        return all;
    }

    /// All tiles.
    synchronized List<Group> groups() {
        return List.of(
                group("delivery", "Connections and delivery", delivery()),
                group("ingest", "Ingest and lag", ingest()),
                group("storage", "Log and disk", storage()),
                group("process", "Process", process()));
    }

    private Group group(String id, String title, List<Reading> readings) {
        return new Group(id, title, readings.stream().map(this::tile).toList());
    }

    private Kpi tile(Reading reading) {
        double[] line =
                Optional.ofNullable(trends.get(reading.id()))
                        .map(Trend::values)
                        .orElse(new double[0]);
        return Kpi.of(
                "stat-" + reading.id(),
                reading.label(),
                reading.words().apply(reading.value()),
                reading.unit(),
                line,
                reading.origin() + "; the line: 15 minutes");
    }

    private List<Reading> delivery() {
        long open = services.find(Connections.class).map(Connections::size).orElse(0);
        HubStatistics streams =
                services.find(Hub.class)
                        .map(Hub::statistics)
                        .orElse(new HubStatistics(0, 0, 0, 0, 0));
        return List.of(
                new Reading(
                        "connections",
                        "Connections",
                        open,
                        "",
                        ServerFigures::whole,
                        "Open WebSocket connections"),
                new Reading(
                        "subscriptions",
                        "Subscriptions",
                        streams.subscriptions(),
                        "in " + Numbers.count(streams.views(), "view"),
                        ServerFigures::whole,
                        "Open subscriptions; those of one view share what is encoded"),
                new Reading(
                        "out", "Messages out", rate("out"), "/s", Numbers::rate, "Messages sent"),
                new Reading(
                        "in", "Messages in", rate("in"), "/s", Numbers::rate, "Messages received"),
                new Reading(
                        "bytes-out",
                        "Bytes out",
                        rate("bytes-out"),
                        "/s",
                        ServerFigures::bytes,
                        "Bytes sent"),
                new Reading(
                        "hot",
                        "Events in memory",
                        streams.hotBytes(),
                        "",
                        ServerFigures::bytes,
                        "Bytes of the newest events that are kept in memory"));
    }

    private List<Reading> ingest() {
        long behind = services.find(Detection.class).map(Detection::behind).orElse(0L);
        double sourceLag =
                services.find(Sources.class).map(Sources::statuses).orElse(List.of()).stream()
                        .mapToLong(SourceStatus::lagBytes)
                        .sum();
        double sinkLag =
                services.find(Sinks.class).map(Sinks::outlines).orElse(List.of()).stream()
                        .mapToLong(SinkOutline::lag)
                        .sum();
        long queued = log().map(LogStatistics::queuedEvents).orElse(0L);
        return List.of(
                new Reading(
                        "events",
                        "Events committed",
                        rate("events"),
                        "/s",
                        Numbers::rate,
                        "Events committed to the log"),
                new Reading(
                        "bytes",
                        "Bytes committed",
                        rate("bytes"),
                        "/s",
                        ServerFigures::bytes,
                        "Bytes of events"),
                new Reading(
                        "queued",
                        "Waiting for commit",
                        queued,
                        "",
                        ServerFigures::whole,
                        "Events in the queue of the log"),
                new Reading(
                        "detection",
                        "Detectors behind",
                        behind,
                        "",
                        ServerFigures::whole,
                        "Events the detectors have still to look at"),
                new Reading(
                        "source-lag",
                        "Sources behind",
                        sourceLag,
                        "",
                        ServerFigures::bytes,
                        "Bytes of files that are still to be read"),
                new Reading(
                        "sink-lag",
                        "Sinks behind",
                        sinkLag,
                        "",
                        ServerFigures::whole,
                        "Events that are still to be forwarded, of all sinks"));
    }

    private List<Reading> storage() {
        Optional<LogStatistics> log = log();
        return List.of(
                new Reading(
                        "commit",
                        "Commit p99",
                        log.map(now -> millis(now.commit().p99())).orElse(0.0),
                        "ms",
                        Numbers::rate,
                        "Time of a commit of H2 since the start"),
                new Reading(
                        "append",
                        "Append p99",
                        log.map(now -> millis(now.append().p99())).orElse(0.0),
                        "ms",
                        Numbers::rate,
                        "Time from the queue to the commit since the start"),
                new Reading(
                        "commits",
                        "Commits",
                        rate("commits"),
                        "/s",
                        Numbers::rate,
                        "Commits of H2"),
                new Reading(
                        "pages",
                        "Pages read",
                        rate("pages"),
                        "/s",
                        Numbers::rate,
                        "Pages of the log read for subscriptions"),
                new Reading(
                        "disk",
                        "Disk",
                        log.map(LogStatistics::diskBytes).orElse(0L),
                        "",
                        ServerFigures::bytes,
                        "Disk space of all events"),
                new Reading(
                        "segments",
                        "Segments",
                        log.map(LogStatistics::segments).orElse(0),
                        "",
                        ServerFigures::whole,
                        "Files of events"));
    }

    private List<Reading> process() {
        Runtime runtime = Runtime.getRuntime();
        return List.of(
                new Reading(
                        "heap",
                        "Heap",
                        runtime.totalMemory() - runtime.freeMemory(),
                        "",
                        ServerFigures::bytes,
                        "Java heap in use, garbage included"),
                new Reading(
                        "heap-limit",
                        "Heap limit",
                        runtime.maxMemory(),
                        "",
                        ServerFigures::bytes,
                        "The most Java heap there can be"),
                new Reading(
                        "cpu",
                        "Processor",
                        rate("cpu") / 10,
                        "% of a core",
                        Numbers::rate,
                        "Processor time of the server"),
                new Reading(
                        "gc",
                        "Garbage collection",
                        rate("gc"),
                        "ms/s",
                        Numbers::rate,
                        "Time spent on collecting garbage"),
                new Reading(
                        "threads",
                        "Threads",
                        ManagementFactory.getThreadMXBean().getThreadCount(),
                        "",
                        ServerFigures::whole,
                        "Platform threads"),
                new Reading(
                        "uptime",
                        "Up for",
                        ManagementFactory.getRuntimeMXBean().getUptime() / 60_000.0,
                        "",
                        ServerFigures::minutes,
                        "Time since the start"));
    }

    private static String whole(double value) {
        return Numbers.whole(Math.round(value));
    }

    private static String bytes(double value) {
        return Numbers.bytes(Math.round(value));
    }

    private static String minutes(double value) {
        Duration time = Duration.ofMinutes((long) value);
        return time.toHours() == 0
                ? time.toMinutes() + " min"
                : String.format(Locale.ROOT, "%,d h %d min", time.toHours(), time.toMinutesPart());
    }

    private Optional<LogStatistics> log() {
        return services.find(EventLog.class).map(EventLog::statistics);
    }

    private static double millis(Duration time) {
        return time.toNanos() / MILLIS;
    }

    /// How connections ended, by close code.
    Map<Integer, Long> ended() {
        return services.find(Connections.class).map(Connections::ended).orElse(Map.of());
    }

    /// What went over connections since the start.
    Optional<Traffic> traffic() {
        return services.find(Connections.class).map(Connections::traffic);
    }
}

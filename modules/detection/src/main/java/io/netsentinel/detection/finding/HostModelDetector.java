package io.netsentinel.detection.finding;

import io.netsentinel.detection.AnomalySettings;
import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Finding.Evidence;
import io.netsentinel.detection.spi.Finding.Service;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.Entry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A host inside does in a minute what no host here usually does: a model that learns, from the
/// user's own traffic and without labels, what minutes of hosts look like. It is told of, and opens
/// nothing. Off unless it is switched on: see `docs/detection.md` for how it compares.
///
/// A minute is judged when one four later has begun, the hosts in the order of their addresses: so
/// what is found depends on the events' times alone. After a restart it learns again, from what the
/// detectors are shown of the past.
final class HostModelDetector implements Telling {
    private static final String MODEL = "netsentinel-hosts";
    private static final String VERSION = "rcf-1";
    private static final long MINUTE = 60_000;
    private static final int LATENESS = 3;
    private static final int MOST_REASONS = 2;
    private static final int PROGRESS_STEPS = 4;
    private static final int PER_HOUR = 60;

    /// When so many of the hosts of a minute are odd, and there are so many hosts, it is not them.
    private static final double DRIFT = 0.2;

    private static final int CROWD = 10;

    private final AnomalySettings settings;
    private final int most;
    private final Clock clock;
    private final HostForest forest = new HostForest();
    private final ModelReports reports;

    /// Minutes that are not over, and in each the hosts by address.
    private final TreeMap<Long, Map<String, HostMinute>> open = new TreeMap<>();

    private final AtomicLong evicted = new AtomicLong();
    private volatile int tracked;
    private long newest = Long.MIN_VALUE;
    private OptionalLong sinceDrift = OptionalLong.empty();
    private int sinceTold;
    private long judged;
    private long odd;

    HostModelDetector(DetectionSettings settings, Clock clock) {
        this.settings = settings.anomalies();
        this.most = settings.tracked();
        this.clock = clock;
        this.reports = new ModelReports(MODEL, VERSION, clock);
    }

    @Override
    public String name() {
        return "host-model";
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.NETWORK);
    }

    @Override
    public Set<String> fields() {
        return HostMinute.FIELDS;
    }

    @Override
    public void see(Sighting sighting, Findings findings) {
        Event event = sighting.event();
        String source = event.text(Fields.SOURCE_IP);
        if (source.isEmpty() || !Networks.inside(source) || !HostMinute.counts(event)) {
            return;
        }
        // when it was written: flows are told of at their end, some minutes after their beginning
        long minute = Math.floorDiv(event.timestamp().toEpochMilli(), MINUTE);
        // a clock that runs ahead would make all others look long gone
        boolean ahead = minute > Math.floorDiv(clock.millis(), MINUTE) + 1;
        if (ahead || (newest != Long.MIN_VALUE && minute < newest - LATENESS)) {
            return;
        }
        newest = Math.max(newest, minute);
        while (!open.isEmpty() && open.firstKey() < newest - LATENESS) {
            Map.Entry<Long, Map<String, HostMinute>> over = open.pollFirstEntry();
            close(over.getKey(), over.getValue(), findings);
        }
        Map<String, HostMinute> hosts = open.computeIfAbsent(minute, _ -> new HashMap<>());
        HostMinute host = hosts.get(source);
        if (host == null) {
            if (hosts.size() >= most / (LATENESS + 1)) {
                evicted.incrementAndGet();
                return;
            }
            host = new HostMinute();
            hosts.put(source, host);
        }
        host.add(sighting);
        tracked = open.values().stream().mapToInt(Map::size).sum();
    }

    /// All hosts of a minute are judged by what was learned before it.
    private void close(long minute, Map<String, HostMinute> hosts, Findings findings) {
        Map<String, HostMinute> inOrder = new TreeMap<>(hosts);
        Map<String, HostForest.Opinion> opinions = new TreeMap<>();
        inOrder.forEach((host, done) -> opinions.put(host, forest.judge(done.values())));
        if (trained()) {
            tell(minute, inOrder, opinions, findings);
        }
        inOrder.forEach((host, done) -> {
            HostForest.Opinion opinion = opinions.get(host);
            forest.learn(done.values(), opinion == null ? 1 : opinion.score());
            tellTraining();
        });
        sinceTold++;
        if (trained() && sinceTold >= PER_HOUR) {
            reports.metrics(figures());
            sinceTold = 0;
            judged = 0;
            odd = 0;
        }
    }

    private void tell(
            long minute,
            Map<String, HostMinute> hosts,
            Map<String, HostForest.Opinion> opinions,
            Findings findings) {
        List<String> unlike =
                hosts.entrySet().stream()
                        .filter(each -> odd(each.getValue(), opinions.get(each.getKey())))
                        .map(Map.Entry::getKey)
                        .toList();
        judged += hosts.size();
        odd += unlike.size();
        if (hosts.size() >= CROWD && unlike.size() > hosts.size() * DRIFT) {
            // not a host is unusual, but the minute
            if (sinceDrift.isEmpty() || minute - sinceDrift.getAsLong() >= PER_HOUR) {
                sinceDrift = OptionalLong.of(minute);
                reports.drift(
                        figures(),
                        "%d of %d hosts were unlike what was learned, in one minute"
                                .formatted(unlike.size(), hosts.size()));
            }
            return;
        }
        unlike.forEach(host -> {
            HostMinute done = hosts.get(host);
            HostForest.Opinion opinion = opinions.get(host);
            if (done != null && opinion != null) {
                report(minute, host, done, opinion, findings);
            }
        });
    }

    /// A host that does less than others is none to look at.
    private boolean odd(HostMinute done, HostForest.@Nullable Opinion opinion) {
        return opinion != null
                && opinion.deviation() * 10 > settings.modelDeviation()
                && forest.isMore(done.values());
    }

    private boolean trained() {
        return forest.learned() >= settings.modelTraining();
    }

    private void tellTraining() {
        long learned = forest.learned();
        int all = settings.modelTraining();
        if (learned == 1) {
            reports.training("learns from %d minutes of hosts before it judges any".formatted(all));
        } else if (learned == all) {
            reports.finished(figures(), "judges from now on, and goes on learning");
        } else if (learned < all && learned % Math.max(1, all / PROGRESS_STEPS) == 0) {
            reports.progress((double) learned / all);
        }
    }

    private Map<String, Double> figures() {
        Map<String, Double> figures = new TreeMap<>();
        figures.put("learned", (double) forest.learned());
        figures.put("median_score", forest.median());
        figures.put("threshold_score", forest.at(settings.modelDeviation() / 10.0));
        figures.put("judged", (double) judged);
        figures.put("odd", (double) odd);
        return figures;
    }

    private void report(
            long minute,
            String host,
            HostMinute done,
            HostForest.Opinion opinion,
            Findings findings) {
        long begin = minute * MINUTE;
        if (findings.covers(this, host, begin)) {
            return;
        }
        findings.report(
                this,
                new Finding(
                        host,
                        "Unusual minute of a host",
                        "%s: %s in a minute; %.1f deviations above what minutes of hosts score here"
                                .formatted(host, reasons(done), opinion.deviation()),
                        Score.LOW.value(),
                        Score.LOW.why(),
                        "TA0011",
                        "T1071",
                        host,
                        Optional.empty(),
                        Service.NONE,
                        new Evidence(
                                begin,
                                begin + MINUTE - 1,
                                MINUTE,
                                (int) Math.round(opinion.deviation() * 10),
                                settings.modelDeviation(),
                                "tenths of a deviation",
                                done.places())));
    }

    private String reasons(HostMinute done) {
        long[] counts = done.counts();
        StringBuilder text = new StringBuilder();
        int[] order = forest.reasons(done.values());
        for (int i = 0; i < MOST_REASONS; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(counts[order[i]])
                    .append(' ')
                    .append(HostMinute.NAMES.get(order[i]));
        }
        return text.toString();
    }

    @Override
    public int tracked() {
        return tracked;
    }

    @Override
    public long evicted() {
        return evicted.get();
    }

    @Override
    public boolean urgent() {
        return reports.any();
    }

    @Override
    public List<Entry> changes(Map<String, Long> progress, boolean end) {
        return reports.take();
    }
}

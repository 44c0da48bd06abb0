package io.netsentinel.detection.finding;

import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.DetectorStatus;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Finding;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Event;
import io.netsentinel.events.FieldSet;
import io.netsentinel.events.Fields;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// All detectors, what they found, and what of it was told. One thread at a time.
final class Panel implements Findings {
    private static final System.Logger LOG = System.getLogger(Panel.class.getName());

    private static final Set<String> ALWAYS =
            Set.of(Fields.TIMESTAMP, Fields.EVENT_START, Fields.SOURCE_IP);

    /// An event that is dated so much before the newest is of a backlog, milliseconds.
    private static final long LATE = Duration.ofMinutes(15).toMillis();

    private final DetectionSettings settings;
    private final List<Detector> detectors;
    private final Clock clock;
    private final Episodes episodes;
    private final Map<String, LongAdder> told = new ConcurrentHashMap<>();
    private final LongAdder seen = new LongAdder();
    private final LongAdder broken = new LongAdder();
    private final List<Event> fresh = new ArrayList<>();
    private final Map<String, List<Detector>> byChannel = new HashMap<>();
    private final FieldSet wanted;
    private final LongAdder late = new LongAdder();
    private boolean silent;
    private volatile long newest;

    Panel(DetectionSettings settings, List<Detector> detectors, Clock clock) {
        this.settings = settings;
        this.detectors = List.copyOf(detectors);
        this.clock = clock;
        this.episodes = new Episodes(settings.quiet().toMillis());
        this.wanted = wanted(detectors);
        for (String channel : channels()) {
            this.byChannel.put(
                    channel,
                    detectors.stream().filter(each -> each.channels().contains(channel)).toList());
        }
    }

    private static FieldSet wanted(List<Detector> detectors) {
        Set<String> fields = new TreeSet<>(ALWAYS);
        detectors.forEach(detector -> fields.addAll(detector.fields()));
        return FieldSet.of(fields);
    }

    /// The time of the newest event, milliseconds since 1970; 0 before the first.
    long newest() {
        return newest;
    }

    Set<String> channels() {
        Set<String> channels = new TreeSet<>();
        detectors.forEach(detector -> channels.addAll(detector.channels()));
        return channels;
    }

    /// Takes up a finding that was told before this start.
    void restore(LogRecord record) {
        try {
            FindingEvent.restore(Event.briefFromJson(record.payload()), episodes);
        } catch (MalformedEventException _) {
            // somebody published something else
        }
    }

    /// Looks at a record that was looked at before this start: what is found is known.
    void again(String channel, LogRecord record) {
        silent = true;
        try {
            look(channel, record);
        } finally {
            silent = false;
        }
    }

    void look(String channel, LogRecord record) {
        Event event;
        try {
            event = Event.partFromJson(record.payload(), wanted);
        } catch (MalformedEventException _) {
            return;
        }
        if (!settings.ignored().isEmpty()
                && Networks.in(event.text(Fields.SOURCE_IP), settings.ignored())) {
            return;
        }
        seen.increment();
        long time = event.timestamp().toEpochMilli();
        newest = Math.max(newest, Math.min(time, clock.millis()));
        if (time < newest - LATE) {
            late.increment();
        }
        Sighting sighting = Sighting.of(event, channel, record.offset());
        for (Detector detector : byChannel.getOrDefault(channel, List.of())) {
            if (!has(detector, sighting)) {
                look(detector, sighting);
            }
        }
    }

    /// Whether a detector that keeps its state has this in it already.
    private boolean has(Detector detector, Sighting sighting) {
        return silent
                && detector instanceof Keeping keeping
                && sighting.offset() <= keeping.reached(sighting.channel());
    }

    /// The detectors that keep their state themselves.
    List<Keeping> keeping() {
        return those(Keeping.class);
    }

    /// The detectors that tell of more than findings.
    List<Telling> telling() {
        return those(Telling.class);
    }

    private <D> List<D> those(Class<D> kind) {
        return detectors.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// An attacker wrote the event: whatever it does to a detector, the others go on.
    private void look(Detector detector, Sighting sighting) {
        try {
            detector.see(sighting, this);
        } catch (RuntimeException e) {
            broken.increment();
            LOG.log(
                    System.Logger.Level.ERROR,
                    "detector "
                            + detector.name()
                            + " broke on "
                            + sighting.channel()
                            + " offset "
                            + sighting.offset(),
                    e);
        }
    }

    @Override
    public boolean covers(Detector detector, String key, long at) {
        return episodes.covers(FindingEvent.key(detector, key), at);
    }

    @Override
    public void report(Detector detector, Finding finding) {
        String key = FindingEvent.key(detector, finding.key());
        if (episodes.covers(key, finding.evidence().last())) {
            return;
        }
        Event event = FindingEvent.of(detector, finding, clock.instant());
        episodes.begin(
                key,
                finding.evidence().first(),
                finding.evidence().last(),
                new Episodes.Told(event.id(), finding.source(), finding.target().orElse("")));
        if (!silent) {
            told(detector).increment();
            fresh.add(event);
        }
    }

    private LongAdder told(Detector detector) {
        return told.computeIfAbsent(detector.name(), _ -> new LongAdder());
    }

    /// Whether anything was found that was not taken yet.
    boolean found() {
        return !fresh.isEmpty();
    }

    /// What was found since the last call.
    List<Event> takeFindings() {
        List<Event> findings = List.copyOf(fresh);
        fresh.clear();
        return findings;
    }

    /// What is over since the last call.
    List<Event> takeEnded() {
        return episodes.takeEnded(newest).stream()
                .map(ended -> FindingEvent.ended(ended, clock.instant()))
                .toList();
    }

    List<DetectorStatus> status() {
        return detectors.stream()
                .map(detector ->
                        new DetectorStatus(
                                detector.name(),
                                detector.tracked(),
                                detector.evicted(),
                                told(detector).sum()))
                .toList();
    }

    long late() {
        return late.sum();
    }

    long seen() {
        return seen.sum();
    }

    long broken() {
        return broken.sum();
    }
}

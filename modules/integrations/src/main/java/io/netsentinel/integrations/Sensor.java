package io.netsentinel.integrations;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.SensorStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/// One sensor, as its events show it.
final class Sensor {
    private static final int SILENT_INTERVALS = 3;

    private static final String LOSS = "ns.capture_loss.percent";

    private final String name;
    private final RateMeter rate = new RateMeter();

    private String product = "";
    private long events;
    private Instant lastSeen = Instant.EPOCH;
    private String lastTimestamp = "";
    private long packets = -1;
    private long drops = -1;
    private double dropPercent;

    /// Of what should have come, by the gaps in it; of Zeek.
    private double lossPercent;

    private Instant lastStatistics = Instant.EPOCH;
    private Duration interval = Duration.ZERO;
    private boolean changed;

    Sensor(String name) {
        this.name = name;
    }

    /// As it was known before a restart.
    Sensor(SensorRecord known) {
        name = known.name();
        product = known.product();
        lastSeen = known.lastSeen();
        lastTimestamp = known.lastTimestamp();
        packets = known.packets();
        drops = known.drops();
        dropPercent = known.dropPercent();
        lastStatistics = known.lastStatistics();
        interval = known.interval();
    }

    synchronized SensorRecord kept() {
        return new SensorRecord(
                name,
                product,
                lastSeen,
                lastTimestamp,
                packets,
                drops,
                dropPercent,
                lastStatistics,
                interval);
    }

    /// Whether it has changed since this was asked last.
    synchronized boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /// What is kept of it is not what it is.
    synchronized void changed() {
        changed = true;
    }

    synchronized void saw(Sighting sighting, Instant now) {
        changed = true;
        rate.add(1);
        events++;
        lastSeen = now;
        lastTimestamp = sighting.timestamp();
        if (product.isEmpty()) {
            product = sighting.product();
        }
        sighting.statistics().ifPresent(this::statistics);
    }

    /// The counters run since the sensor's start; a smaller one than before means that it was
    /// started again.
    private void statistics(Event event) {
        if (event.value(LOSS).orElse("") instanceof Number percent) {
            lossPercent = Math.clamp(percent.doubleValue(), 0, 100);
            return;
        }
        Instant time = event.timestamp();
        if (lastStatistics.isAfter(Instant.EPOCH) && time.isAfter(lastStatistics)) {
            interval = Duration.between(lastStatistics, time);
        }
        lastStatistics = time;
        long intervalPackets = event.number("ns.stats.interval_packets", -1);
        if (intervalPackets >= 0) {
            // what Zeek says is of the interval alone
            long lost = event.number("ns.stats.interval_drops", 0);
            long all = intervalPackets + lost;
            dropPercent = all == 0 ? 0 : 100.0 * lost / all;
            return;
        }
        long nowPackets = event.number(Fields.NS_STATS_KERNEL_PACKETS, -1);
        long nowDrops = event.number(Fields.NS_STATS_KERNEL_DROPS, -1);
        if (nowPackets < 0 || nowDrops < 0) {
            return;
        }
        boolean restarted = nowPackets < packets || nowDrops < drops;
        long newPackets = nowPackets - (restarted ? 0 : Math.max(0, packets));
        long newDrops = nowDrops - (restarted ? 0 : Math.max(0, drops));
        packets = nowPackets;
        drops = nowDrops;
        dropPercent = newPackets == 0 ? 0 : Math.min(100, 100.0 * newDrops / newPackets);
    }

    synchronized SensorStatus status(Instant now) {
        return new SensorStatus(
                name,
                product,
                silent(now) ? State.SILENT : State.REPORTING,
                rate.perSecond(),
                events,
                lastSeen,
                lastEvent(),
                packets < 0 ? OptionalLong.empty() : OptionalLong.of(packets),
                drops < 0 ? OptionalLong.empty() : OptionalLong.of(drops),
                Math.max(dropPercent, lossPercent));
    }

    private Instant lastEvent() {
        return Event.builder().put(Fields.TIMESTAMP, lastTimestamp).build().timestamp();
    }

    private boolean silent(Instant now) {
        Duration usual = interval.multipliedBy(SILENT_INTERVALS);
        Duration limit = usual.compareTo(Sensors.SILENCE) > 0 ? usual : Sensors.SILENCE;
        return Duration.between(lastSeen, now).compareTo(limit) > 0;
    }
}

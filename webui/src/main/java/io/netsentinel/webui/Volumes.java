package io.netsentinel.webui;

import io.netsentinel.auth.Identity;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.HistoryRequest;
import io.netsentinel.queuing.LogRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts the events of a channel over time. Each has the next offset, and offsets rise with the
/// time of commit, so how many came within a time is a difference of two offsets: no event is read.
/// So it says what came in: counted too is what has been purged or has expired since, as long as
/// something before it is kept. What is past does not change and is looked up once.
final class Volumes {
    /// What is as old as this is committed.
    private static final Duration SETTLED = Duration.ofSeconds(30);

    /// All time is at least this, however young the channel is.
    private static final Duration LEAST = Duration.ofMinutes(15);

    private static final int MOST_KNOWN = 4_000;

    private final Web web;
    private final Map<Place, Long> known = new LinkedHashMap<>();

    Volumes(Web web) {
        this.web = web;
    }

    /// A moment of a channel.
    private record Place(String channel, String epoch, Instant at) {}

    /// All that came in over a time; empty when nothing ever did, and for whoever may see only some
    /// rows, for it counts all.
    ///
    /// @param title what is counted
    Optional<Volume> of(Identity who, String channel, String title, Window asked) {
        if (who.rows().isPresent() || web.hub().channel(channel).isEmpty()) {
            return Optional.empty();
        }
        Instant now = web.now();
        Optional<Window> window = limited(channel, asked, now);
        return window.map(times -> {
            Duration width = times.bucket();
            Instant from = floor(times.from(now), width);
            Instant to = times.to(now);
            List<Volume.Bar> bars = new ArrayList<>();
            long before = offset(channel, from, now);
            for (Instant at = from; at.isBefore(to); at = at.plus(width)) {
                long after = offset(channel, at.plus(width), now);
                bars.add(new Volume.Bar(at, Math.max(0, after - before)));
                before = Math.max(before, after);
            }
            return Volume.of(title, asked.words(), width, bars);
        });
    }

    /// All time begins with the first event that is kept.
    private Optional<Window> limited(String channel, Window asked, Instant now) {
        if (!asked.live() || asked.range() != TimeRange.ALL) {
            return Optional.of(asked);
        }
        return web.hub().history(HistoryRequest.of(channel).limit(1)).join().events().stream()
                .findFirst()
                .map(LogRecord::time)
                .map(Instant::ofEpochMilli)
                .map(first -> Window.between(earlier(first, now.minus(LEAST)), now));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant floor(Instant at, Duration width) {
        return Instant.ofEpochMilli(
                Math.floorDiv(at.toEpochMilli(), width.toMillis()) * width.toMillis());
    }

    /// How far the channel had come; what is not kept any more counts as nothing.
    private long offset(String channel, Instant at, Instant now) {
        ChannelInfo info = web.hub().channel(channel).orElseThrow();
        if (at.isAfter(now)) {
            return info.tail();
        }
        Place place = new Place(channel, info.epoch(), at);
        synchronized (known) {
            Long found = known.get(place);
            if (found != null) {
                return Math.max(found, info.first() - 1);
            }
        }
        long offset = web.log().offsetBefore(channel, at).join();
        if (at.isBefore(now.minus(SETTLED))) {
            keep(place, offset);
        }
        return offset;
    }

    private void keep(Place place, long offset) {
        synchronized (known) {
            known.put(place, offset);
            if (known.size() > MOST_KNOWN) {
                known.remove(known.keySet().iterator().next());
            }
        }
    }
}

package io.netsentinel.integrations.sink;

import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Filter;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.integrations.SinkSettings;
import io.netsentinel.integrations.spi.SinkRecord;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a sink's channels piece by piece, one channel after another, so that a busy one does not
/// keep the others waiting. Holds nothing: a piece that was not dealt with is read again.
final class Feed {
    private final EventLog log;
    private final SinkSettings settings;
    private final Places places;
    private int turn;

    Feed(EventLog log, SinkSettings settings, Places places) {
        this.log = log;
        this.settings = settings;
        this.places = places;
    }

    /// Its channels as they are configured, as one text.
    String configured() {
        return String.join(",", settings.channels().stream().map(ChannelPattern::text).toList());
    }

    /// Whether it reads a channel of this name.
    boolean reads(String channel) {
        return settings.channels().stream().anyMatch(pattern -> pattern.matches(channel));
    }

    /// The channels it reads and that exist.
    List<ChannelState> channels() {
        return log.states().stream().filter(state -> reads(state.channel())).toList();
    }

    /// Gives a place to every channel that has none. A sink that was here before with the same
    /// channels has seen all there were, so what is new to it came into being since and is read
    /// from its beginning.
    void settle() {
        boolean fromBeginning =
                settings.start() == SinkSettings.Start.BEGIN || places.knownWith(configured());
        for (ChannelState state : channels()) {
            if (places.of(state.channel()).isEmpty()) {
                long offset = fromBeginning ? state.first() - 1 : state.tail();
                places.move(state.channel(), new Place(state.epoch(), offset));
            }
        }
    }

    /// The next piece of some channel that has one.
    ///
    /// @param most most records of it
    Optional<Batch> next(int most) {
        List<ChannelState> channels = channels();
        for (int i = 0; i < channels.size(); i++) {
            ChannelState state = channels.get((turn + i) % channels.size());
            // one that came into being while the server runs is read from its beginning
            Place place =
                    places.of(state.channel())
                            .orElseGet(() -> new Place(state.epoch(), state.first() - 1));
            if (place.offset() < state.tail()) {
                turn = (turn + i + 1) % channels.size();
                return Optional.of(read(state.channel(), place, most));
            }
        }
        return Optional.empty();
    }

    private Batch read(String channel, Place place, int most) {
        int bytes = (int) settings.pace().bytes();
        Page page = log.read(channel, place.offset(), most, bytes).join();
        List<SinkRecord> records = new ArrayList<>(page.records().size());
        for (LogRecord stored : page.records()) {
            SinkRecord one =
                    new SinkRecord(
                            channel,
                            page.epoch(),
                            stored.offset(),
                            stored.time(),
                            stored.payload());
            if (passes(one)) {
                records.add(one);
            }
        }
        return new Batch(
                channel,
                page.epoch(),
                page.scannedTo(),
                List.copyOf(records),
                page.missing(),
                page.records().size() - records.size(),
                page.scannedTo() >= page.tail());
    }

    /// What is no event meets no condition.
    private boolean passes(SinkRecord candidate) {
        Optional<Filter> filter = settings.filter();
        if (filter.isEmpty()) {
            return true;
        }
        try {
            return filter.get().test(candidate.event());
        } catch (MalformedEventException _) {
            return false;
        }
    }
}

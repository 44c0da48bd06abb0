package io.netsentinel.detection.finding;

import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.events.Event;
import io.netsentinel.queuing.LogRecord;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// The detectors without a log behind them.
public final class Rehearsal {
    private final Panel panel;

    /// With the detectors that come with the server, and these.
    public Rehearsal(DetectionSettings settings, List<Detector> more, Clock clock) {
        this.panel = new Panel(settings, Detectors.of(settings, more, clock), clock);
    }

    /// The channels whose events make a difference.
    public Set<String> channels() {
        return panel.channels();
    }

    /// Looks at an event.
    public void look(String channel, long offset, byte[] payload) {
        panel.look(channel, new LogRecord(offset, 0, 1, 0, payload));
    }

    /// How many events were looked at.
    public long looked() {
        return panel.seen();
    }

    /// What was found since the last call.
    public List<Event> takeFindings() {
        return panel.takeFindings();
    }
}

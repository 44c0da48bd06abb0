package io.netsentinel.detection;

import io.netsentinel.detection.finding.Rehearsal;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.events.Event;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// What the detectors would find with other settings. It publishes and stores nothing.
public final class DryRun {
    private final Rehearsal rehearsal;

    private DryRun(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
    }

    /// With the detectors that come with the server, and these.
    public static DryRun of(DetectionSettings settings, List<Detector> more, Clock clock) {
        return new DryRun(new Rehearsal(settings, more, clock));
    }

    /// The channels whose events make a difference.
    public Set<String> channels() {
        return rehearsal.channels();
    }

    /// Looks at an event.
    ///
    /// @param offset its offset in the channel, which findings name as their evidence
    /// @param payload the event as it is stored; an unreadable one is passed over
    public void look(String channel, long offset, byte[] payload) {
        rehearsal.look(channel, offset, payload);
    }

    /// How many events were looked at.
    public long looked() {
        return rehearsal.looked();
    }

    /// What was found since the last call.
    public List<Event> takeFindings() {
        return rehearsal.takeFindings();
    }
}

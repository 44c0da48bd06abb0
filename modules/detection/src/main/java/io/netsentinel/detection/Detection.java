package io.netsentinel.detection;

import io.netsentinel.channels.Hub;
import io.netsentinel.detection.finding.Engine;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.queuing.EventLog;
import java.time.Clock;
import java.util.List;

/// The detectors at work: they read the log behind the sources, and what they find is published on
/// `threats`.
public final class Detection implements AutoCloseable {
    private final Engine engine;

    private Detection(Engine engine) {
        this.engine = engine;
    }

    /// Starts the detectors that come with the server, and others. Does nothing when the settings
    /// say so.
    ///
    /// @param more detectors of plug-ins
    public static Detection start(
            EventLog log, Hub hub, DetectionSettings settings, List<Detector> more, Clock clock) {
        return new Detection(Engine.start(log, hub, settings, more, clock));
    }

    /// What each detector keeps and has found; empty when detection is switched off.
    public List<DetectorStatus> detectors() {
        return engine.detectors();
    }

    /// Events looked at since the start.
    public long seen() {
        return engine.seen();
    }

    /// The time of the newest event that was looked at, milliseconds since 1970; 0 before the
    /// first.
    public long newest() {
        return engine.newest();
    }

    /// Events looked at since the start that were dated more than a quarter of an hour before the
    /// newest by then, as those of a backlog are.
    public long late() {
        return engine.late();
    }

    /// Events a detector broke on since the start; the server's log has them.
    public long broken() {
        return engine.broken();
    }

    /// Events that are in the log and not looked at yet.
    public long behind() {
        return engine.behind();
    }

    @Override
    public void close() {
        engine.close();
    }
}

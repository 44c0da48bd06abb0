package io.netsentinel.detection.spi;

import java.util.Set;

/// Looks for one kind of attack in the events of the log.
///
/// It is handed every event of its channels, on one thread, in the order of each channel, which is
/// not the order of the events' own times: sensors tell of a flow when it has ended. What it finds
/// must depend on those times alone, so that a replay at any speed and with late events finds the
/// same.
///
/// Its state lives in memory. After a restart the newest events before the place that was reached
/// are handed to it once more, with findings that lead nowhere.
public interface Detector {
    /// Its name, `[a-z-]+`; a finding's rule is `ns.NAME`.
    String name();

    /// The channels whose events it needs.
    Set<String> channels();

    /// The fields it reads of them, as dotted paths; it is handed no others. The time of an event
    /// is always there.
    Set<String> fields();

    /// Looks at one event.
    void see(Sighting sighting, Findings findings);

    /// How many hosts, pairs or services it keeps an account of.
    int tracked();

    /// How many accounts it gave up because there were too many.
    long evicted();
}

package io.netsentinel.detection;

import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.topology.TopologyKeeper;
import io.netsentinel.queuing.EventLog;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// Who talks to whom: hosts, the services they offer, and which of them talk, now and at any moment
/// the log still has. What changes is told on the channel `topology`.
public final class Topology {
    private final TopologyKeeper keeper;

    private Topology(TopologyKeeper keeper) {
        this.keeper = keeper;
    }

    /// Nothing happens until its [#detector()] is handed events.
    public static Topology create(EventLog log, TopologySettings settings, Clock clock) {
        return new Topology(new TopologyKeeper(log, settings, clock));
    }

    /// What has to run among the detectors.
    public Detector detector() {
        return keeper;
    }

    /// As it is now.
    ///
    /// @param edges the most edges
    public TopologyMap now(int edges) {
        return keeper.now(edges);
    }

    /// As it was known at a moment; empty when nothing of that time is kept.
    ///
    /// @param edges the most edges
    public Optional<TopologyMap> at(Instant time, int edges) {
        return keeper.at(time, edges);
    }
}

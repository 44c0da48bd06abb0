package io.netsentinel.integrations;

import java.time.Instant;
import java.util.OptionalLong;

/// How a sensor is doing.
///
/// @param name the sensor, `observer.name` of its events
/// @param product what it is, `observer.product`; may be empty
/// @param state whether it reports
/// @param eventsPerSecond over the last ten seconds
/// @param events how many since the server started
/// @param lastSeen when its last event came in, by the server's clock
/// @param lastEvent what time its last event bears, by the sensor's clock
/// @param kernelPackets packets the kernel gave it since it started, when it says
/// @param kernelDrops packets the kernel dropped since it started, when it says
/// @param dropPercent how many of a hundred packets were dropped between its last two reports, or
///   missed by what Zeek says (`stats`, `capture_loss`), whichever is more
public record SensorStatus(
        String name,
        String product,
        State state,
        double eventsPerSecond,
        long events,
        Instant lastSeen,
        Instant lastEvent,
        OptionalLong kernelPackets,
        OptionalLong kernelDrops,
        double dropPercent) {
    /// Whether a sensor reports.
    public enum State {
        /// Events come in.
        REPORTING,
        /// None has come for longer than is usual for it.
        SILENT;

        /// The name used in the interface.
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}

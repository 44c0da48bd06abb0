package io.netsentinel.detection;

import io.netsentinel.transport.Figures;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Meter;

/// The figures of the detectors.
public final class DetectionMeter implements Meter {
    private static final String DETECTOR = "detector";

    /// For `ServiceLoader`.
    public DetectionMeter() {}

    @Override
    public void measure(Services services, Figures figures) {
        services.find(Detection.class).ifPresent(detection -> measure(detection, figures));
    }

    private static void measure(Detection detection, Figures figures) {
        figures.counter(
                "netsentinel_detection_events_total",
                "Events the detectors have looked at.",
                detection.seen());
        figures.gauge(
                "netsentinel_detection_lag_events",
                "Events the detectors have still to look at.",
                detection.behind());
        for (DetectorStatus detector : detection.detectors()) {
            figures.counter(
                    "netsentinel_detector_findings_total",
                    "What a detector has found.",
                    detector.findings(),
                    DETECTOR,
                    detector.name());
            figures.gauge(
                    "netsentinel_detector_accounts",
                    "Hosts, pairs or services a detector keeps an account of.",
                    detector.tracked(),
                    DETECTOR,
                    detector.name());
            figures.counter(
                    "netsentinel_detector_evictions_total",
                    "Accounts a detector gave up because there were too many.",
                    detector.evicted(),
                    DETECTOR,
                    detector.name());
        }
    }
}

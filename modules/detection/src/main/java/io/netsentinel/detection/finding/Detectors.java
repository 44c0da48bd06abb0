package io.netsentinel.detection.finding;

import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.spi.Detector;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The detectors that come with the server.
final class Detectors {
    private static final System.Logger LOG = System.getLogger(Detectors.class.getName());

    private Detectors() {}

    /// All of them and these, without those that are switched off.
    static List<Detector> of(DetectionSettings settings, List<Detector> more, Clock clock) {
        Stream<Detector> own =
                Stream.of(
                        new ScanDetector(settings),
                        new BruteForceDetector(settings),
                        new DnsTunnelDetector(settings),
                        new BeaconDetector(settings),
                        new RateDetector(settings),
                        new IndicatorDetector(settings.indicators()));
        Stream<Detector> counting =
                CountRules.all(settings.rules()).stream()
                        .map(rule -> new CountingDetector(rule, settings.tracked()));
        Stream<Detector> model =
                settings.anomalies().model()
                        ? Stream.of(new HostModelDetector(settings, clock))
                        : Stream.empty();
        List<Detector> all =
                Stream.of(own, counting, model, more.stream()).flatMap(each -> each).toList();
        Set<String> off = new TreeSet<>(settings.rules().off());
        List<Detector> on = all.stream().filter(each -> !off.contains(each.name())).toList();
        all.forEach(each -> off.remove(each.name()));
        if (!off.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "detection.off names what is no detector: {0}; there are {1}",
                    off,
                    all.stream().map(Detector::name).toList());
        }
        return on;
    }
}

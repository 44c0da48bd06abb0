package io.netsentinel.webui;

import io.netsentinel.analytics.FigureLines;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// A quantile over time of a histogram whose buckets were kept: within a bucket times are taken to
/// lie evenly, as Prometheus does.
final class DeliveryQuantile {
    private final TreeMap<Double, FigureLines.Line> buckets = new TreeMap<>();
    private final int count;

    /// @param name of the buckets, which have the label `le`
    DeliveryQuantile(FigureLines lines, String name) {
        this.count = lines.count();
        for (FigureLines.Line line : lines.lines()) {
            String bound = line.labels().getOrDefault("le", "");
            if (line.name().equals(name) && !bound.isEmpty()) {
                buckets.put(
                        bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                        line);
            }
        }
    }

    /// The values for each step; nothing is known where nothing was counted.
    ///
    /// @param share 0 to 1
    double[] values(double share) {
        double[] values = new double[count];
        Arrays.setAll(values, step -> at(step, share));
        return values;
    }

    private double at(int step, double share) {
        double all = buckets.isEmpty() ? 0 : buckets.lastEntry().getValue().values().get(step);
        if (!(all > 0)) {
            return Double.NaN;
        }
        double bound = 0;
        double below = 0;
        for (Map.Entry<Double, FigureLines.Line> bucket : buckets.entrySet()) {
            double upTo = bucket.getValue().values().get(step);
            if (upTo >= share * all) {
                return bucket.getKey().isInfinite()
                        ? bound
                        : bound
                                + (bucket.getKey() - bound)
                                        * (share * all - below)
                                        / (upTo - below);
            }
            bound = bucket.getKey();
            below = upTo;
        }
        return bound;
    }
}

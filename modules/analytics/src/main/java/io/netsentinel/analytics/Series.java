package io.netsentinel.analytics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One figure over time, as many values as were asked for.
///
/// @param id the figure
/// @param values one for each step of time: its mean, or of a counter how much it grew a second;
///   [Double#NaN] where nothing is known
@SuppressWarnings("ArrayRecordComponent") // made here, read by the endpoint, and gone
record Series(SeriesId id, double[] values) {
    /// A counter that was not looked at for so many samples says nothing about the time between.
    private static final int GAP = 3;

    /// Sums up samples.
    ///
    /// @param names of the figures wanted
    /// @param from milliseconds since 1970
    /// @param step milliseconds
    /// @param count of steps
    /// @param distance milliseconds between two samples
    static List<Series> of(
            List<Sample> samples,
            Set<String> names,
            long from,
            long step,
            int count,
            long distance) {
        Map<SeriesId, Line> lines = new LinkedHashMap<>();
        for (Sample sample : samples) {
            sample.values()
                    .forEach((id, value) -> {
                        if (names.contains(id.name())) {
                            lines.computeIfAbsent(id, _ -> new Line(id, count))
                                    .see(sample.at(), value, from, step, GAP * distance);
                        }
                    });
        }
        return lines.values().stream().map(Line::series).toList();
    }

    /// The same for others.
    FigureLines.Line line() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (int i = 0; i + 1 < id.labels().size(); i += 2) {
            labels.put(id.labels().get(i), id.labels().get(i + 1));
        }
        return new FigureLines.Line(
                id.name(), labels, id.counter(), Arrays.stream(values).boxed().toList());
    }

    /// One figure being summed up.
    private static final class Line {
        private final SeriesId id;
        private final double[] sums;
        private final double[] weights;
        private long before;
        private double last;

        Line(SeriesId id, int count) {
            this.id = id;
            this.sums = new double[count];
            this.weights = new double[count];
        }

        void see(long at, double value, long from, long step, long gap) {
            long bucket = Math.floorDiv(at - from, step);
            boolean within = bucket >= 0 && bucket < sums.length;
            if (!id.counter()) {
                if (within) {
                    sums[(int) bucket] += value;
                    weights[(int) bucket]++;
                }
                return;
            }
            if (within && before > 0 && at > before && at - before <= gap) {
                // one that is smaller than before began anew with the server
                sums[(int) bucket] += value >= last ? value - last : value;
                weights[(int) bucket] += (at - before) / 1e3;
            }
            before = at;
            last = value;
        }

        Series series() {
            double[] values = new double[sums.length];
            Arrays.setAll(values, i -> weights[i] == 0 ? Double.NaN : sums[i] / weights[i]);
            return new Series(id, values);
        }
    }
}

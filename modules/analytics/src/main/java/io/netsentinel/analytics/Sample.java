package io.netsentinel.analytics;

import io.netsentinel.transport.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// All figures at one time.
///
/// @param at milliseconds since 1970
record Sample(long at, Map<SeriesId, Double> values) {
    /// More than this many are left out: labels may come from outside.
    private static final int MOST = 500;

    static Sample take(long at, Consumer<Figures> meters) {
        Map<SeriesId, Double> values = new LinkedHashMap<>();
        meters.accept(
                new Figures() {
                    @Override
                    public void counter(String name, String help, Number value, String... labels) {
                        put(new SeriesId(name, List.of(labels), true), value);
                    }

                    @Override
                    public void gauge(String name, String help, Number value, String... labels) {
                        put(new SeriesId(name, List.of(labels), false), value);
                    }

                    private void put(SeriesId id, Number value) {
                        if (values.size() < MOST && Double.isFinite(value.doubleValue())) {
                            values.put(id, value.doubleValue());
                        }
                    }
                });
        return new Sample(at, values);
    }

    /// Several as one: the mean of what goes up and down, the last of what only grows.
    ///
    /// @param samples at least one, the oldest first
    static Sample summary(long at, List<Sample> samples) {
        Map<SeriesId, Double> values = new LinkedHashMap<>();
        Map<SeriesId, Integer> counts = new LinkedHashMap<>();
        for (Sample one : samples) {
            one.values.forEach((id, value) -> {
                if (id.counter()) {
                    values.put(id, value);
                } else {
                    values.merge(id, value, Double::sum);
                    counts.merge(id, 1, Integer::sum);
                }
            });
        }
        counts.forEach((id, count) -> values.computeIfPresent(id, (_, sum) -> sum / count));
        return new Sample(at, values);
    }
}

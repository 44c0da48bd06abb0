package io.netsentinel.webui;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;

/// The most frequent values of something, each with a bar.
///
/// @param id of its element
/// @param title its heading
/// @param sub what was counted
/// @param bars the longest first
/// @param max length of the longest
record BarList(String id, String title, String sub, List<Bar> bars, long max) {
    private static final int MOST = 8;

    /// Copies the bars.
    BarList {
        bars = List.copyOf(bars);
    }

    /// A value.
    ///
    /// @param href where only that is shown, empty for nowhere
    /// @param count its length
    /// @param shown the same in words
    record Bar(String name, String href, long count, String shown) {
        /// Whether it leads anywhere.
        boolean linked() {
            return !href.isEmpty();
        }
    }

    /// Whether there is any.
    boolean any() {
        return !bars.isEmpty();
    }

    /// Adds up amounts by their names.
    static final class Sums {
        private final Map<String, Long> sums = new HashMap<>();

        /// Values without a name do not count.
        void add(String name, long amount) {
            if (!name.isEmpty()) {
                sums.merge(name, amount, Long::sum);
            }
        }

        /// The largest of them.
        ///
        /// @param href where a value leads to
        /// @param shown an amount in words
        BarList list(
                String id,
                String title,
                String sub,
                Function<String, String> href,
                LongFunction<String> shown) {
            List<Bar> bars =
                    sums.entrySet().stream()
                            .sorted(
                                    Map.Entry.<String, Long>comparingByValue(
                                                    Comparator.reverseOrder())
                                            .thenComparing(Map.Entry.comparingByKey()))
                            .limit(MOST)
                            .map(one ->
                                    new Bar(
                                            Visible.of(one.getKey()),
                                            href.apply(one.getKey()),
                                            one.getValue(),
                                            shown.apply(one.getValue())))
                            .toList();
            return new BarList(
                    id,
                    title,
                    sub,
                    bars,
                    bars.isEmpty() ? 1 : Math.max(1, bars.getFirst().count()));
        }
    }
}

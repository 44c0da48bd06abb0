package io.netsentinel.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Figures over time.
///
/// @param from where the first step begins
/// @param step how long one is
/// @param count how many there are
/// @param lines a line for each figure and each of its labels
public record FigureLines(Instant from, Duration step, int count, List<Line> lines) {

    /// Copies the list.
    public FigureLines {
        lines = List.copyOf(lines);
    }

    /// One figure.
    ///
    /// @param name as in `/metrics`
    /// @param labels what tells it apart from others of its name
    /// @param counter whether it only grows
    /// @param values one for each step: its mean, or of a counter how much it grew a second;
    ///   [Double#NaN] where nothing is known
    public record Line(
            String name, Map<String, String> labels, boolean counter, List<Double> values) {

        /// Copies both.
        public Line {
            labels = Map.copyOf(labels);
            values = List.copyOf(values);
        }
    }
}

package io.netsentinel.webui;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The points of a small line in a box of 100 by 26, and of the area below it.
///
/// @param line points of the polyline
/// @param area points of the polygon
record Sparkline(String line, String area) {
    private static final double HEIGHT = 26;
    private static final double TOP = 2;

    /// The line through these values; zero is the bottom. One value or none is a flat line. Where a
    /// value is not known (`NaN`) there is no point: the others stand at their times all the same.
    static Sparkline of(double... values) {
        double[] known = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        double max = Math.max(0, Arrays.stream(known).max().orElse(0));
        List<String> points = new ArrayList<>();
        double first = 0;
        double last = 100;
        if (known.length < 2) {
            double y = y(known.length == 0 ? 0 : known[0], max);
            points.add(point(first, y));
            points.add(point(last, y));
        } else {
            first = 100;
            for (int i = 0; i < values.length; i++) {
                if (!Double.isNaN(values[i])) {
                    last = 100.0 * i / (values.length - 1);
                    first = Math.min(first, last);
                    points.add(point(last, y(values[i], max)));
                }
            }
        }
        String line = String.join(" ", points);
        return new Sparkline(line, bottom(first) + " " + line + " " + bottom(last));
    }

    private static double y(double value, double max) {
        return max == 0 ? HEIGHT - 1 : HEIGHT - 1 - value / max * (HEIGHT - 1 - TOP);
    }

    private static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }

    private static String bottom(double x) {
        return String.format(Locale.ROOT, x == 0 || x == 100 ? "%.0f,26" : "%.1f,26", x);
    }
}

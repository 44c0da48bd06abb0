package io.netsentinel.webui;

import java.util.Locale;

/// The points of a small line in a box of 100 by 26, and of the area below it.
///
/// @param line points of the polyline
/// @param area points of the polygon
record Sparkline(String line, String area) {
    private static final double HEIGHT = 26;
    private static final double TOP = 2;

    /// The line through these values; zero is the bottom. One value or none is a flat line.
    static Sparkline of(double... values) {
        double max = 0;
        for (double value : values) {
            max = Math.max(max, value);
        }
        int n = Math.max(2, values.length);
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < n; i++) {
            double value = values.length == 0 ? 0 : values[Math.min(i, values.length - 1)];
            double y = max == 0 ? HEIGHT - 1 : HEIGHT - 1 - value / max * (HEIGHT - 1 - TOP);
            line.append(i == 0 ? "" : " ")
                    .append(String.format(Locale.ROOT, "%.1f,%.1f", 100.0 * i / (n - 1), y));
        }
        return new Sparkline(line.toString(), "0,26 " + line + " 100,26");
    }
}

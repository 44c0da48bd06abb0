package io.netsentinel.webui;

/// The last values of a figure, for its sparkline. Values are added at a fixed pace by one thread
/// and read by many.
final class Trend {
    private final double[] values;
    private int count;

    /// @param size how many values are kept
    Trend(int size) {
        values = new double[size];
    }

    synchronized void add(double value) {
        values[count % values.length] = value;
        count++;
    }

    /// The values, oldest first.
    synchronized double[] values() {
        int n = Math.min(count, values.length);
        double[] ordered = new double[n];
        for (int i = 0; i < n; i++) {
            ordered[i] = values[(count - n + i) % values.length];
        }
        return ordered;
    }
}

package io.netsentinel.transport;

/// Takes the server's figures from those who know them. Names are Prometheus's: lower case, the
/// unit at the end, `_total` for what only grows.
public interface Figures {
    /// Something that has been counted since the start.
    ///
    /// @param help one sentence
    /// @param labels names and values in turns
    void counter(String name, String help, Number value, String... labels);

    /// Something as it is now.
    ///
    /// @param help one sentence
    /// @param labels names and values in turns
    void gauge(String name, String help, Number value, String... labels);

    /// How often something took how long since the start: Prometheus's histogram. Where there is no
    /// such thing it is a counter `NAME_bucket` for each bound, with the label `le`, and the
    /// counters `NAME_sum` and `NAME_count`.
    ///
    /// @param help one sentence
    /// @param bounds upper bounds, ascending
    /// @param counts how many were at most each bound and above the one before it; one more for
    ///   those above all bounds
    /// @param sum of all that was counted
    default void histogram(String name, String help, double[] bounds, long[] counts, double sum) {
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            String bound = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
            counter(name + "_bucket", help, below, "le", bound);
        }
        counter(name + "_sum", help, sum);
        counter(name + "_count", help, below);
    }
}

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
}

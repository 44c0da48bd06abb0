package io.netsentinel.channels;

/// The hub at one moment.
///
/// @param channels channels known
/// @param views views with at least one subscription
/// @param subscriptions open subscriptions
/// @param hotBytes bytes of events kept in memory
/// @param pagesRead pages read from the log for subscriptions since the start
public record HubStatistics(
        int channels, int views, int subscriptions, long hotBytes, long pagesRead) {}

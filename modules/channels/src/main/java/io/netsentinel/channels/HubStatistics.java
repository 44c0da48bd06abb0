package io.netsentinel.channels;

import java.util.Map;

/// The hub at one moment; counts are since the start.
///
/// @param channels channels known
/// @param views views with at least one subscription
/// @param subscriptions open subscriptions
/// @param hotBytes bytes of events kept in memory
/// @param pagesRead pages read from the log for subscriptions
/// @param encoded events encoded, once for a view
/// @param frames frames with events handed out to subscriptions
/// @param delivered events in them
/// @param plainBytes bytes of the frames that were compressed, before
/// @param compressedBytes and after
/// @param gone offsets subscriptions were told not to get, by reason
public record HubStatistics(
        int channels,
        int views,
        int subscriptions,
        long hotBytes,
        long pagesRead,
        long encoded,
        long frames,
        long delivered,
        long plainBytes,
        long compressedBytes,
        Map<Gap.Reason, Long> gone) {

    /// Copies the map.
    public HubStatistics {
        gone = Map.copyOf(gone);
    }
}

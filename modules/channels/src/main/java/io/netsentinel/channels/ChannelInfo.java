package io.netsentinel.channels;

/// A channel at one moment.
///
/// @param name its name
/// @param epoch the current epoch of its offsets
/// @param first oldest kept offset; `tail` + 1 when nothing is kept
/// @param tail newest offset, 0 when there never was one
/// @param subscribers subscriptions open now
/// @param delivered events handed out to subscriptions since the start
/// @param policy how it is treated
public record ChannelInfo(
        String name,
        String epoch,
        long first,
        long tail,
        int subscribers,
        long delivered,
        ChannelPolicy policy) {}

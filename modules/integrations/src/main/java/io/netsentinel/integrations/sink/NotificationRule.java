package io.netsentinel.integrations.sink;

import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// When somebody is told of events.
///
/// @param name its name
/// @param channels the channels it reads
/// @param filter which events count; all without one
/// @param threshold so many events must come within the window before anybody is told, 1 to 1,000
/// @param window how long that is
/// @param quiet hours in which nobody is told; what comes then is told at their end
/// @param digest how long events are collected from the first one on; zero tells at once
/// @param rest the shortest time between two messages
public record NotificationRule(
        String name,
        List<ChannelPattern> channels,
        Optional<Filter> filter,
        int threshold,
        Duration window,
        Optional<QuietHours> quiet,
        Duration digest,
        Duration rest) {
    public NotificationRule {
        channels = List.copyOf(channels);
    }
}

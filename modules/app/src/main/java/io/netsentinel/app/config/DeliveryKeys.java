package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;

import io.netsentinel.channels.HubSettings;
import java.time.Duration;

/// The settings under `delivery`: how events are sent to subscribers.
public final class DeliveryKeys {
    private static final HubSettings HUB = HubSettings.defaults();

    public static final Key<Duration> LATENCY =
            Key.of(
                    "delivery.latency",
                    DURATION,
                    HUB.policy().latency(),
                    "How long an event may wait to be sent together with others, at most 1s. An idle channel never waits; a busy one the longer, the more subscribers it has.");

    static final Section SECTION =
            Section.of("Delivery", "How events are sent to subscribers.", LATENCY);

    private DeliveryKeys() {}
}

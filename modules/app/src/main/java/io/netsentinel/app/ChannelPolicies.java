package io.netsentinel.app;

import io.netsentinel.app.config.ChannelKeys;
import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.Key;
import io.netsentinel.channels.ChannelPolicy;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.events.Channel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The settings under `channels`.
final class ChannelPolicies {
    private static final List<Key<?>> ALL =
            List.of(
                    ChannelKeys.ON_LAG,
                    ChannelKeys.LAG_AFTER,
                    ChannelKeys.KEY,
                    ChannelKeys.PRESENCE,
                    ChannelKeys.PRIORITY,
                    ChannelKeys.LATENCY,
                    ChannelKeys.ENCRYPTION);

    private ChannelPolicies() {}

    /// The settings with what the configuration says about single channels.
    static HubSettings of(Configuration configuration, HubSettings base) {
        Set<String> names = new TreeSet<>();
        ALL.forEach(key -> names.addAll(configuration.named(key).keySet()));
        HubSettings settings = base;
        for (String name : names) {
            try {
                Channel.check(name);
                settings = settings.withPolicy(name, policy(configuration, settings, name));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("channels." + name + ": " + e.getMessage(), e);
            }
        }
        return settings;
    }

    private static ChannelPolicy policy(
            Configuration configuration, HubSettings settings, String name) {
        ChannelPolicy before = settings.policyOf(name);
        return before.withKey(of(configuration, ChannelKeys.KEY, name, before.key()))
                .withLag(
                        of(configuration, ChannelKeys.ON_LAG, name, before.onLag()),
                        of(configuration, ChannelKeys.LAG_AFTER, name, before.lagAfter()))
                .withPresence(of(configuration, ChannelKeys.PRESENCE, name, before.presence()))
                .withPriority(of(configuration, ChannelKeys.PRIORITY, name, before.priority()))
                .withLatency(of(configuration, ChannelKeys.LATENCY, name, before.latency()))
                .withEncryption(
                        of(configuration, ChannelKeys.ENCRYPTION, name, before.encryption()));
    }

    private static <T> T of(Configuration configuration, Key<T> key, String name, T otherwise) {
        return configuration.named(key).getOrDefault(name, otherwise);
    }
}

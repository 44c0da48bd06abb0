package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.Key;
import io.netsentinel.app.config.SinkKeys;
import io.netsentinel.events.Channel;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.integrations.Kinds;
import io.netsentinel.integrations.SinkSettings;
import io.netsentinel.integrations.Sinks;
import io.netsentinel.integrations.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The settings under `sinks`.
final class SinkConfiguration {
    private SinkConfiguration() {}

    /// The sinks that are configured, by name.
    ///
    /// @throws IllegalArgumentException when one is not right, naming its key
    static List<SinkSettings> of(Configuration configuration) {
        List<SinkSettings> sinks = new ArrayList<>();
        configuration
                .below(SinkKeys.PARENT)
                .forEach((name, values) -> sinks.add(checked(configuration, name, values)));
        return List.copyOf(sinks);
    }

    private static SinkSettings checked(
            Configuration configuration, String name, Map<String, Object> values) {
        try {
            SinkSettings settings =
                    new SinkSettings(
                            name,
                            find(configuration, SinkKeys.KIND, name)
                                    .orElseThrow(
                                            () -> new IllegalArgumentException("kind is missing")),
                            find(configuration, SinkKeys.CHANNELS, name)
                                    .orElse(List.of(ChannelPattern.of(Channel.ALERTS))),
                            find(configuration, SinkKeys.FILTER, name),
                            find(configuration, SinkKeys.START, name)
                                    .orElse(SinkSettings.Start.END),
                            pace(configuration, name),
                            new Options(name, values));
            Kinds.sinks().checkOptions(settings.kind(), own(values.keySet()));
            Sinks.check(settings);
            return settings;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("sinks." + name + "." + e.getMessage(), e);
        }
    }

    /// Without what every kind has.
    private static Set<String> own(Set<String> options) {
        Set<String> own = new TreeSet<>(options);
        SinkKeys.OF_EVERY_KIND.forEach(
                key -> own.remove(key.name().substring(key.name().lastIndexOf('.') + 1)));
        return own;
    }

    private static SinkSettings.Pace pace(Configuration configuration, String name) {
        SinkSettings.Pace usual = SinkSettings.Pace.defaults();
        return new SinkSettings.Pace(
                find(configuration, SinkKeys.RECORDS, name).orElse(usual.records()),
                find(configuration, SinkKeys.BYTES, name).orElse(usual.bytes()),
                find(configuration, SinkKeys.LINGER, name).orElse(usual.linger()),
                find(configuration, SinkKeys.TIMEOUT, name).orElse(usual.timeout()),
                find(configuration, SinkKeys.LONGEST_RETRY, name).orElse(usual.longestRetry()));
    }

    private static <T> Optional<T> find(Configuration configuration, Key<T> key, String name) {
        return Optional.ofNullable(configuration.named(key).get(name));
    }
}

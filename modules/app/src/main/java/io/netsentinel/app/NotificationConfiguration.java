package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.NotificationKeys;
import io.netsentinel.integrations.InputSettings;
import io.netsentinel.integrations.Notifications;
import io.netsentinel.integrations.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The settings under `notifications`.
final class NotificationConfiguration {
    private NotificationConfiguration() {}

    /// The notifications that are configured, by name.
    ///
    /// @throws IllegalArgumentException when one is not right, naming its key
    static List<InputSettings> of(Configuration configuration) {
        List<InputSettings> all = new ArrayList<>();
        configuration
                .below(NotificationKeys.PARENT)
                .forEach((name, values) -> all.add(checked(name, values)));
        return List.copyOf(all);
    }

    private static InputSettings checked(String name, Map<String, Object> values) {
        try {
            Map<String, Object> options = new TreeMap<>(values);
            Object kind = options.remove("kind");
            if (kind == null) {
                throw new IllegalArgumentException("kind is missing");
            }
            InputSettings settings = new InputSettings(kind.toString(), new Options(name, options));
            Notifications.check(settings);
            return settings;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("notifications." + name + "." + e.getMessage(), e);
        }
    }
}

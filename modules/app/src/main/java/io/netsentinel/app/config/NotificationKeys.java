package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.TEXT;

import io.netsentinel.integrations.Kinds;
import io.netsentinel.integrations.Notifications;
import java.util.ArrayList;
import java.util.List;

/// The settings under `notifications`: when somebody is told of events, and by which kind of sink.
public final class NotificationKeys {
    /// What they stand below.
    public static final String PARENT = "notifications";

    static final Key<String> KIND =
            Key.optional(
                    "notifications.*.kind",
                    TEXT,
                    "email",
                    "The kind of sink that tells: `email`, `webhook`, or any other one.");

    private NotificationKeys() {}

    static Section section() {
        List<Key<?>> keys = new ArrayList<>(List.of(KIND));
        keys.addAll(OptionKeys.common(PARENT, Notifications.options()));
        keys.addAll(OptionKeys.of(PARENT, Kinds.sinks()));
        return Section.of(
                "Notifications",
                "Who is told of events, and when. Each has a name of your choice; see the page on"
                        + " notifications.",
                keys);
    }
}

package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.TEXT;

import io.netsentinel.integrations.Kinds;
import java.util.ArrayList;
import java.util.List;

/// The settings under `sources`: where events come from. All but the kind are brought along by the
/// kinds.
public final class SourceKeys {
    /// What they stand below.
    public static final String PARENT = "sources";

    public static final Key<String> KIND =
            Key.optional(
                    "sources.*.kind",
                    TEXT,
                    "file",
                    "What it is: "
                            + KindList.text(Kinds.sources())
                            + ". Without it, `file` when there is a `path` and `listen` when there"
                            + " is a `listen`.");

    static final Section SECTION =
            Section.of(
                    "Sources",
                    "Where events come from. Each source has a name of your choice.",
                    all());

    private SourceKeys() {}

    private static List<Key<?>> all() {
        List<Key<?>> keys = new ArrayList<>(List.of(KIND));
        keys.addAll(OptionKeys.of(PARENT, Kinds.sources()));
        return keys;
    }
}

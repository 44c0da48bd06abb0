package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.SIZE;
import static io.netsentinel.app.config.ValueTypes.TEXT;
import static io.netsentinel.app.config.ValueTypes.TEXTS;
import static io.netsentinel.app.config.ValueTypes.choice;

import io.netsentinel.integrations.SourceSettings;
import java.util.List;

/// The settings under `sources`: where events come from.
public final class SourceKeys {
    public static final Key<String> SOURCE_PATH =
            Key.optional(
                    "sources.*.path",
                    TEXT,
                    "/var/log/suricata/eve.json",
                    "The file to follow, or a pattern such as `/var/log/suricata/eve.*.json`.");
    public static final Key<String> SOURCE_FORMAT =
            Key.optional(
                    "sources.*.format",
                    TEXT,
                    "eve",
                    "What its lines are: `eve` (the default) for Suricata, `zeek`, `cowrie`, `syslog`,"
                            + " or `event` for events as NetSentinel itself writes them.");
    public static final Key<SourceSettings.Start> SOURCE_START =
            Key.optional(
                    "sources.*.start",
                    choice(SourceSettings.Start.class),
                    "begin",
                    "Where to begin when the source is new: `begin` (the default) with what is in"
                            + " the file already, `end` with what comes.");
    public static final Key<Long> SOURCE_MAX_LINE =
            Key.optional(
                    "sources.*.max-line",
                    SIZE,
                    "1MiB",
                    "The longest line, 1KiB to 8MiB (default 1MiB, of syslog that is listened for"
                            + " 64KiB). A longer one is skipped and counted.");
    public static final Key<List<String>> SOURCE_ROOTS =
            Key.optional(
                    "sources.*.roots",
                    TEXTS,
                    "/var/log/suricata",
                    "Folders the file must lie in after links are followed. Without it,"
                            + " everywhere.");

    static final Section SECTION =
            Section.of(
                    "Sources",
                    "Where events come from. Each source has a name of your choice.",
                    SOURCE_PATH,
                    SOURCE_FORMAT,
                    SOURCE_START,
                    SOURCE_MAX_LINE,
                    SOURCE_ROOTS,
                    ListenKeys.LISTEN,
                    ListenKeys.MAX_CONNECTIONS,
                    ListenKeys.CERTIFICATE,
                    ListenKeys.PRIVATE_KEY,
                    ListenKeys.CLIENT_AUTHORITY);

    private SourceKeys() {}
}

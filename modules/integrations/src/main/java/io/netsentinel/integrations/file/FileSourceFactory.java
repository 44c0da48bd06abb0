package io.netsentinel.integrations.file;

import io.netsentinel.integrations.SourceSettings;
import io.netsentinel.integrations.SourceSettings.Start;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.integrations.spi.SourceFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// `file`: follows files that somebody else writes.
public final class FileSourceFactory implements SourceFactory {
    /// For `ServiceLoader`.
    public FileSourceFactory() {}

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.files(
                        "path",
                        "/var/log/suricata/eve.json",
                        "The file to follow, or a pattern such as `/var/log/suricata/eve.*.json`."),
                Option.text(
                        "format",
                        "eve",
                        "What its lines are: `eve` (the default) for Suricata, `zeek`, `cowrie`,"
                                + " `syslog`, or `event` for events as NetSentinel itself writes them."),
                Option.choice(
                        "start",
                        List.of("begin", "end"),
                        "Where to begin when the source is new: `begin` (the default) with what is"
                                + " in the file already, `end` with what comes."),
                Option.size(
                        "max-line",
                        "1MiB",
                        "The longest line, 1KiB to 8MiB (default 1MiB). A longer one is skipped and"
                                + " counted."),
                Option.texts(
                        "roots",
                        "/var/log/suricata",
                        "Folders the file must lie in after links are followed. Without it,"
                                + " everywhere."));
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public Source create(Options options) {
        SourceSettings usual = SourceSettings.eve(options.name(), options.require("path"));
        return new FileSource(
                usual.withFormat(options.text("format").orElse(usual.format()))
                        .withStart(
                                options.text("start")
                                        .map(text -> Start.valueOf(text.toUpperCase(Locale.ROOT)))
                                        .orElse(usual.start()))
                        .withMaxLine(Math.toIntExact(options.number("max-line", usual.maxLine())))
                        .withRoots(roots(options)));
    }

    /// Folders it names itself do not widen the limits.
    static List<Path> roots(Options options) {
        List<Path> own = options.texts("roots").stream().map(Path::of).toList();
        own.forEach(root -> options.limits().check("roots", root));
        return own.isEmpty() ? options.limits().roots() : own;
    }
}

package io.netsentinel.integrations.file;

import io.netsentinel.integrations.SourceSettings;
import io.netsentinel.integrations.SourceSettings.Start;
import io.netsentinel.integrations.pcap.Capture;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.integrations.spi.SourceFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// `pcap`: reads capture files, also while they are written.
public final class CaptureSourceFactory implements SourceFactory {
    private static final int FEWEST_FLOWS = 100;
    private static final int MOST_FLOWS = 1_000_000;
    private static final Duration END_AFTER = Duration.ofSeconds(30);

    /// For `ServiceLoader`.
    public CaptureSourceFactory() {}

    @Override
    public String kind() {
        return CaptureSource.KIND;
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.files(
                        "path",
                        "/var/spool/pcap/*.pcap",
                        "The pcap or pcapng file to read, or a pattern such as"
                                + " `/var/spool/pcap/*.pcap*`."),
                Option.choice(
                        "start",
                        List.of("begin", "end"),
                        "Where to begin when the source is new: `begin` (the default) with what is"
                                + " in the file already, `end` with what comes."),
                Option.texts(
                        "roots",
                        "/var/spool/pcap",
                        "Folders the file must lie in after links are followed. Without it,"
                                + " everywhere."),
                Option.flag(
                        "packets",
                        "false",
                        "Whether each packet becomes an event on `packets` (default `true`). Flows"
                                + " on `network` there are in any case."),
                Option.count(
                        "max-flows",
                        new Option.Type.Count("a number of flows", FEWEST_FLOWS, MOST_FLOWS),
                        "65536",
                        "How many flows of a file are held at most (default 65536). Beyond it those"
                                + " that were silent longest are told early."),
                Option.time(
                        "end-after",
                        "30s",
                        "After so much time without any more of it a file is taken to be over, and"
                                + " its flows are told (default 30s)."));
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public Source create(Options options) {
        SourceSettings usual = SourceSettings.eve(options.name(), options.require("path"));
        SourceSettings files =
                usual.withFormat(CaptureSource.KIND)
                        .withStart(
                                options.text("start")
                                        .map(text -> Start.valueOf(text.toUpperCase(Locale.ROOT)))
                                        .orElse(usual.start()))
                        .withRoots(FileSourceFactory.roots(options));
        return new CaptureSource(
                files,
                new CaptureSettings(
                        options.flag("packets", true),
                        Math.toIntExact(options.number("max-flows", Capture.MOST_FLOWS)),
                        options.time("end-after", END_AFTER)));
    }
}

package io.netsentinel.integrations.sink.kind;

import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkFactory;
import java.nio.file.Path;
import java.util.List;

/// `file`: one event a line, rotated by size.
public final class FileSinkFactory implements SinkFactory {
    private static final long USUAL_SIZE = 100L << 20;
    private static final long LEAST_SIZE = 4L << 10;
    private static final long USUAL_COUNT = 10;
    private static final int MOST_COUNT = 10_000;

    /// For `ServiceLoader`.
    public FileSinkFactory() {}

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public List<Option> options() {
        return List.of(
                SinkOption.RAW,
                Option.file(
                        "path",
                        "/var/log/netsentinel/alerts.ndjson",
                        "The file to append to. Its folder must exist."),
                Option.size(
                        "rotate-size",
                        "100MiB",
                        "It is put aside before it is larger than this (default 100MiB)."),
                Option.count(
                        "rotate-keep",
                        new Option.Type.Count("a number", 0, MOST_COUNT),
                        "10",
                        "How many of those put aside are kept (default 10)."));
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public Sink create(Options options) {
        Path path =
                options.path("path")
                        .orElseThrow(() -> new IllegalArgumentException("path is missing"));
        long size = options.number("rotate-size", USUAL_SIZE);
        if (size < LEAST_SIZE) {
            throw new IllegalArgumentException("rotate-size: at least 4KiB");
        }
        long count = options.number("rotate-keep", USUAL_COUNT);
        if (count < 0 || count > MOST_COUNT) {
            throw new IllegalArgumentException("rotate-keep: 0 to 10000");
        }
        return new FileSink(
                new RotatedFile(path.toAbsolutePath(), size, (int) count),
                Payload.json(options.flag("raw", true)));
    }
}

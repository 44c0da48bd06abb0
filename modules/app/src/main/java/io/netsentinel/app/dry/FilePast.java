package io.netsentinel.app.dry;

import io.netsentinel.app.replay.Lines;
import io.netsentinel.detection.DryRun;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.integrations.spi.Origin;
import io.netsentinel.integrations.spi.Routed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Recorded files of sensors, one after the other.
public final class FilePast implements Past {
    private final List<Path> files;
    private final Optional<String> format;
    private final List<Normalizer> normalizers;
    private final Clock clock;
    private long events;

    /// @param format the format of all of them, or empty to find it out
    public FilePast(
            List<Path> files, Optional<String> format, List<Normalizer> normalizers, Clock clock) {
        this.files = List.copyOf(files);
        this.format = format;
        this.normalizers = List.copyOf(normalizers);
        this.clock = clock;
    }

    @Override
    public void play(DryRun detectors) throws IOException, FailedException {
        for (Path file : files) {
            play(file, detectors);
        }
    }

    private void play(Path file, DryRun detectors) throws IOException, FailedException {
        String name = String.valueOf(file.getFileName());
        LineContext context = LineContext.of("dry-run", clock.instant());
        try (Lines lines = Lines.open(file, format)) {
            LineReader reader = reader(lines.format(), name);
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                byte[] bytes = line.get().getBytes(StandardCharsets.UTF_8);
                switch (reader.read(bytes, 0, bytes.length, context)) {
                    case Normalized.Accepted accepted ->
                            accepted.events().forEach(event -> look(event, detectors));
                    case Normalized.Rejected _, Normalized.Skipped _ -> {
                        // as in a server, where it is counted
                    }
                }
            }
        }
    }

    private LineReader reader(String name, String file) throws FailedException {
        return normalizers.stream()
                .filter(normalizer -> normalizer.format().equals(name))
                .findFirst()
                .orElseThrow(() -> new FailedException("nothing reads the format " + name))
                .reader(Origin.file(file));
    }

    private void look(Routed routed, DryRun detectors) {
        events++;
        for (String channel : routed.channels()) {
            if (detectors.channels().contains(channel)) {
                detectors.look(channel, events, routed.event().toJson());
            }
        }
    }
}

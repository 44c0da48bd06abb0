package io.netsentinel.integrations.file;

import io.netsentinel.integrations.SourceSettings;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Source;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Follows files that somebody else writes: from the first byte to the last, through every kind of
/// rotation, no line twice.
public final class FileSource implements Source {
    private final SourceSettings settings;
    private final AtomicReference<Progress> progress =
            new AtomicReference<>(new Progress(0, 0, 1, true));

    /// @param settings what to follow and how
    public FileSource(SourceSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return "file";
    }

    @Override
    public String path() {
        return settings.path();
    }

    @Override
    public String format() {
        return settings.format();
    }

    @Override
    public Progress progress() {
        return progress.get();
    }

    @Override
    public Optional<String> test() {
        return new FilePattern(settings.path(), settings.roots()).test();
    }

    @Override
    public void run(Intake intake) {
        try (Follower follower =
                new Follower(settings, intake, new LineCutter.Maker(settings, intake))) {
            follower.run(progress::set);
        }
    }
}

package io.netsentinel.integrations.file;

import io.netsentinel.integrations.SourceSettings;
import io.netsentinel.integrations.pcap.AddressTexts;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Source;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Follows capture files as [FileSource] follows files of lines: packets and flows become events.
final class CaptureSource implements Source {
    static final String KIND = "pcap";

    private final SourceSettings files;
    private final CaptureSettings settings;
    private final AtomicReference<Progress> progress =
            new AtomicReference<>(new Progress(0, 0, 1, true));

    CaptureSource(SourceSettings files, CaptureSettings settings) {
        this.files = files;
        this.settings = settings;
    }

    @Override
    public String name() {
        return files.name();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String path() {
        return files.path();
    }

    @Override
    public String format() {
        return KIND;
    }

    @Override
    public boolean lines() {
        return false;
    }

    @Override
    public Progress progress() {
        return progress.get();
    }

    @Override
    public Optional<String> test() {
        return new FilePattern(files.path(), files.roots()).test();
    }

    @Override
    public void run(Intake intake) {
        Cutter.Maker maker =
                new CaptureCutter.Maker(settings, intake, new HashSet<>(), new AddressTexts());
        try (Follower follower = new Follower(files, intake, maker)) {
            follower.run(progress::set);
        }
    }
}

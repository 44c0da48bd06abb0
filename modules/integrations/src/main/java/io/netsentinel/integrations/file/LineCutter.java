package io.netsentinel.integrations.file;

import io.netsentinel.integrations.LineSplitter;
import io.netsentinel.integrations.SourceSettings;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Intake.Counter;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Origin;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;

/// Cuts a file into lines.
final class LineCutter implements Cutter {
    /// Makes the cutters of a source that has lines.
    record Maker(SourceSettings settings, Intake intake) implements Cutter.Maker {
        @Override
        public Cutter of(FollowedFile file, Commit commit) {
            return new LineCutter(settings, intake, file, commit);
        }

        @Override
        public long end(FileChannel channel) throws IOException {
            return LastLine.end(channel);
        }
    }

    private static final int BATCH = 1_000;
    private static final Duration UNFINISHED = Duration.ofSeconds(1);

    private final SourceSettings settings;
    private final Intake intake;
    private final FollowedFile file;
    private final Commit commit;
    private final LineSplitter splitter;
    private final LineReader reader;
    private boolean examined;

    LineCutter(SourceSettings settings, Intake intake, FollowedFile file, Commit commit) {
        this.settings = settings;
        this.intake = intake;
        this.file = file;
        this.commit = commit;
        this.splitter = new LineSplitter(settings.maxLine(), new Receiver());
        this.reader = intake.reader(Origin.file(String.valueOf(file.path().getFileName())));
        if (file.consumed() > 0) {
            new Header(settings.name()).learn(file, reader);
        }
    }

    @Override
    public void reset() {
        splitter.reset(file.consumed());
    }

    @Override
    public long position() {
        return splitter.position();
    }

    @Override
    public long seen() {
        return splitter.position();
    }

    @Override
    public void feed(byte[] bytes, int length) {
        examined = false;
        splitter.feed(bytes, 0, length);
    }

    @Override
    public boolean unfinished() {
        return splitter.hasPartial();
    }

    /// The last line of a file may never get its end.
    @Override
    public void idle() {
        if (!splitter.hasPartial()) {
            return;
        }
        boolean complete = file.silence() >= UNFINISHED.toNanos() && lastLineComplete();
        if (complete || file.over(settings.silence())) {
            splitter.finish();
        }
    }

    /// Whether the last line misses only its end; looked at once after each growth.
    private boolean lastLineComplete() {
        if (examined) {
            return false;
        }
        examined = true;
        return splitter.completeObject();
    }

    /// Takes the lines.
    private final class Receiver implements LineSplitter.Lines {
        @Override
        public boolean line(byte[] bytes, int offset, int length, long end) {
            intake.line(reader, bytes, offset, length, file.nextLine(), file.path().toString());
            return took(end);
        }

        @Override
        public boolean overlong(byte[] sample, long length, long end) {
            intake.count(Counter.OVERLONG, 1);
            intake.reject(
                    sample,
                    "longer than %d bytes: %d bytes".formatted(settings.maxLine(), length),
                    file.nextLine(),
                    file.path().toString());
            return took(end);
        }

        @Override
        public void nuls(long count) {
            intake.count(Counter.NUL_BYTES, count);
            intake.reject(
                    new byte[0],
                    count + " NUL bytes before the line were skipped",
                    file.line() + 1,
                    file.path().toString());
        }

        private boolean took(long end) {
            file.consumed(end);
            return intake.pending() < BATCH || commit.commit();
        }
    }
}

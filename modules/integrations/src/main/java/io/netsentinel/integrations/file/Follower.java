package io.netsentinel.integrations.file;

import io.netsentinel.integrations.LineSplitter;
import io.netsentinel.integrations.SourceSettings;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Intake.Counter;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Origin;
import io.netsentinel.integrations.spi.Source.Progress;
import io.netsentinel.queuing.Bookmark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Reads the files of a [FileSet], the oldest to its end before the next, and commits their lines
/// together with how far they were read.
final class Follower implements AutoCloseable {
    private static final int PIECE = 512 * 1024;
    private static final int BATCH = 1_000;
    private static final Duration SCAN = Duration.ofMillis(100);
    private static final Duration UNFINISHED = Duration.ofSeconds(1);

    private final SourceSettings settings;
    private final Intake intake;
    private final FileSet files;
    private final ByteBuffer buffer = ByteBuffer.allocate(PIECE);
    private long bytesRead;
    private long nextScan = System.nanoTime();

    private enum Drained {
        NOTHING,
        TO_THE_END,
        IN_PART
    }

    Follower(SourceSettings settings, Intake intake) {
        this.settings = settings;
        this.intake = intake;
        this.files = new FileSet(settings, intake, Receiver::new);
    }

    void run(Consumer<Progress> progress) {
        while (!intake.stopping()) {
            boolean idle = pass();
            commit();
            progress.accept(progress());
            if (idle) {
                intake.pause(settings.poll());
            }
        }
        intake.settle();
    }

    /// Reads all files once.
    ///
    /// @return whether there was nothing to read
    private boolean pass() {
        if (scanDue()) {
            files.scan();
            nextScan = System.nanoTime() + SCAN.toNanos();
        }
        boolean idle = true;
        for (FollowedFile file : files.inOrder()) {
            Drained drained = drain(file);
            idle &= drained == Drained.NOTHING;
            if (drained == Drained.IN_PART) {
                // the directory is looked at in between, but the order stays
                return false;
            }
        }
        return idle;
    }

    private boolean scanDue() {
        return System.nanoTime() - nextScan >= 0;
    }

    private Drained drain(FollowedFile file) {
        try {
            Drained drained = read(file);
            if (drained != Drained.IN_PART) {
                finishLastLine(file);
            }
            return drained;
        } catch (IOException e) {
            intake.problem("cannot read " + file.path());
            intake.pause(SCAN);
            return Drained.NOTHING;
        }
    }

    private Drained read(FollowedFile file) throws IOException {
        if (file.shrunk()) {
            files.truncated(file);
            return Drained.IN_PART;
        }
        Drained drained = Drained.NOTHING;
        while (file.more() && !intake.stopping()) {
            if (drained != Drained.NOTHING && scanDue()) {
                return Drained.IN_PART;
            }
            int count = file.read(buffer);
            if (count <= 0) {
                return drained;
            }
            // asked after reading: what was read is of the file we know, or is not used
            if (!file.genuine()) {
                files.truncated(file);
                return Drained.IN_PART;
            }
            bytesRead += count;
            file.splitter().feed(buffer.array(), 0, count);
            drained = Drained.TO_THE_END;
        }
        return drained;
    }

    /// The last line of a file may never get its end.
    private void finishLastLine(FollowedFile file) throws IOException {
        if (!file.splitter().hasPartial() || file.more()) {
            return;
        }
        boolean complete = file.silence() >= UNFINISHED.toNanos() && file.lastLineComplete();
        if (complete || file.over(settings.silence())) {
            file.splitter().finish();
        }
    }

    private boolean commit() {
        List<Bookmark> bookmarks = files.bookmarks();
        if (intake.pending() == 0 && bookmarks.isEmpty()) {
            return true;
        }
        return intake.commit(bookmarks);
    }

    private Progress progress() {
        long lag = files.lag();
        double fraction = lag == 0 ? 1 : (double) bytesRead / (bytesRead + lag);
        return new Progress(bytesRead, lag, fraction, files.inOrder().isEmpty());
    }

    @Override
    public void close() {
        files.close();
    }

    /// Takes the lines of one file.
    private final class Receiver implements LineSplitter.Lines {
        private final FollowedFile file;
        private final LineReader reader;

        Receiver(FollowedFile file) {
            this.file = file;
            this.reader = intake.reader(Origin.file(String.valueOf(file.path().getFileName())));
            if (file.consumed() > 0) {
                new Header(settings.name()).learn(file, reader);
            }
        }

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
            return intake.pending() < BATCH || commit();
        }
    }
}

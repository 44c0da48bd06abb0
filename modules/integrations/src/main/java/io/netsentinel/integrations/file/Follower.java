package io.netsentinel.integrations.file;

import io.netsentinel.integrations.SourceSettings;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Source.Progress;
import io.netsentinel.queuing.Bookmark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Reads the files of a [FileSet], the oldest to its end before the next, and commits what is in
/// them together with how far they were read.
final class Follower implements AutoCloseable {
    private static final int PIECE = 512 * 1024;
    private static final Duration SCAN = Duration.ofMillis(100);

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

    Follower(SourceSettings settings, Intake intake, Cutter.Maker maker) {
        this.settings = settings;
        this.intake = intake;
        this.files = new FileSet(settings, intake, maker, this::commit);
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
                file.idle();
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
            file.cutter().feed(buffer.array(), count);
            drained = Drained.TO_THE_END;
        }
        return drained;
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
}

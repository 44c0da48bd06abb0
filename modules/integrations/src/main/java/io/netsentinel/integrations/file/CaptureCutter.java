package io.netsentinel.integrations.file;

import io.netsentinel.integrations.pcap.AddressTexts;
import io.netsentinel.integrations.pcap.Capture;
import io.netsentinel.integrations.pcap.CaptureSink;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Intake.Counter;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Routed;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Set;

/// Cuts a capture file into packets and flows.
final class CaptureCutter implements Cutter {
    /// Makes the cutters of a source of captures.
    ///
    /// @param open those that hold flows
    /// @param texts of the addresses in all of them
    record Maker(
            CaptureSettings settings, Intake intake, Set<CaptureCutter> open, AddressTexts texts)
            implements Cutter.Maker {
        @Override
        public Cutter of(FollowedFile file, Commit commit) {
            return new CaptureCutter(this, file, commit);
        }

        @Override
        public long end(FileChannel channel) throws IOException {
            return channel.size();
        }

        /// Its flows may still have to be told.
        @Override
        public boolean complete(FileMark mark) {
            return mark.ended() == mark.offset();
        }
    }

    private static final int BATCH = 1_000;
    private static final int MOST_OPEN = 8;
    private static final byte[] NOTHING = {};

    private final CaptureSettings settings;
    private final Intake intake;
    private final FollowedFile file;
    private final Commit commit;
    private final Set<CaptureCutter> open;
    private final Capture capture;
    private long seen;
    private boolean refused;
    private boolean declared;

    CaptureCutter(Maker maker, FollowedFile file, Commit commit) {
        this.settings = maker.settings();
        this.intake = maker.intake();
        this.open = maker.open();
        this.file = file;
        this.commit = commit;
        this.capture =
                new Capture(
                        String.valueOf(file.path().getFileName()),
                        settings.packets(),
                        settings.mostFlows(),
                        maker.texts(),
                        new Receiver());
    }

    @Override
    public void reset() {
        long told = file.consumed();
        capture.begin(told, file.ended());
        // the flows of before are needed only when some have not ended
        seen = file.ended() == told ? told : 0;
        declared = false;
    }

    @Override
    public long position() {
        return capture.broken().isEmpty() ? capture.position() : seen;
    }

    @Override
    public long seen() {
        return seen;
    }

    @Override
    public void feed(byte[] bytes, int length) {
        if (file.ending() > 0) {
            resume(bytes, length);
            return;
        }
        long before = position();
        boolean whole = capture.broken().isEmpty();
        if (whole) {
            capture.feed(bytes, length);
        }
        seen = Math.max(seen, before + length);
        if (refused) {
            return;
        }
        if (!capture.broken().isEmpty()) {
            lose(whole);
        } else if (Math.min(capture.position(), seen) > file.consumed()) {
            file.consumed(Math.min(capture.position(), seen));
        }
        long crowded = capture.crowded();
        if (crowded > 0) {
            intake.mishap(
                    "%s has more than %d flows at once: %d were ended early; max-flows allows more"
                            .formatted(file.path(), settings.mostFlows(), crowded));
        }
    }

    /// It was being taken to be over before a restart: reads no further than it was read then, and
    /// finishes that first.
    private void resume(byte[] bytes, int length) {
        long before = position();
        capture.feed(bytes, (int) Math.min(length, file.consumed() - before));
        seen = Math.min(before + length, file.consumed());
        if (seen == file.consumed()) {
            capture.skip(file.ending());
            endFlows();
        }
    }

    /// Nothing can be made of what follows.
    ///
    /// @param first whether that has just become clear
    private void lose(boolean first) {
        long from = Math.max(file.consumed(), first ? capture.position() : 0);
        if (seen <= from) {
            return;
        }
        if (first) {
            reject(capture.broken() + "; the rest of the file is not read", capture.packets() + 1);
        }
        intake.count(Counter.LOST_BYTES, seen - from);
        file.consumed(seen);
    }

    private void reject(String reason, long number) {
        intake.reject(NOTHING, reason, number, file.path().toString());
    }

    @Override
    public boolean unfinished() {
        return capture.openFlows() > 0;
    }

    /// When nothing more has come for a while, or too many files are kept, the file is over.
    @Override
    public void idle() {
        boolean fresh = file.consumed() > file.ended();
        boolean part = partial();
        if (refused || !(fresh || part || capture.openFlows() > 0)) {
            return;
        }
        if (capture.openFlows() > 0) {
            open.add(this);
        }
        if (open.size() > MOST_OPEN || file.quiet() >= settings.endAfter().toNanos()) {
            end(part);
        }
    }

    /// Whether there is a part of a packet nobody was told of.
    private boolean partial() {
        return !declared
                && capture.broken().isEmpty()
                && capture.position() < seen
                && (capture.position() > file.ended() || file.ended() == 0);
    }

    private void end(boolean part) {
        if (part) {
            reject(
                    "the file ends within a packet, of which %d bytes are there"
                            .formatted(seen - capture.position()),
                    capture.packets() + 1);
        }
        declared = true;
        endFlows();
    }

    /// There may be more flows than a commit can take: how many were told is in the commit with
    /// them.
    private void endFlows() {
        while (capture.openFlows() > 0) {
            file.ending(file.ending() + capture.end(BATCH));
            if (capture.openFlows() > 0 && !commit.commit()) {
                refused = true;
                return;
            }
        }
        open.remove(this);
        file.ended(file.consumed());
        refused = intake.pending() >= BATCH && !commit.commit();
    }

    /// Takes packets and flows.
    private final class Receiver implements CaptureSink {
        @Override
        public LineContext context() {
            return intake.context();
        }

        @Override
        public void event(Routed event) {
            intake.event(event);
        }

        @Override
        public void damaged(String reason, long number) {
            reject(reason, number);
        }

        @Override
        public boolean took(long end) {
            declared = false;
            file.consumed(end);
            refused = intake.pending() >= BATCH && !commit.commit();
            return !refused;
        }
    }
}

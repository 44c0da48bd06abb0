package io.netsentinel.integrations.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One file that is being read. It is held open, so it can be read to its end whatever becomes of
/// its name.
final class FollowedFile implements AutoCloseable {
    private final String identity;
    private final FileChannel channel;
    private final Cutter cutter;

    private Path path;
    private Fingerprint fingerprint;
    private long consumed;
    private long line;
    private long ended;
    private int ending;
    private long size;
    private long modified;
    private boolean retired;
    private boolean dirty = true;
    private long lastGrowth = System.nanoTime();

    /// @param start how far it was read before, with what it then began with and the name it then
    ///   had: it goes by that name until it has another one among those that are meant
    FollowedFile(Found found, FileMark start, Cutter.Maker maker, Cutter.Commit commit)
            throws IOException {
        this.identity = found.identity();
        this.path = Path.of(start.path());
        this.modified = found.modified();
        this.consumed = start.offset();
        this.line = start.line();
        this.ended = start.ended();
        this.ending = start.ending();
        this.channel = FileChannel.open(found.path(), StandardOpenOption.READ);
        this.fingerprint = start.fingerprint().grown(channel).orElse(start.fingerprint());
        this.size = channel.size();
        this.cutter = maker.of(this, commit);
        cutter.reset();
    }

    String identity() {
        return identity;
    }

    Path path() {
        return path;
    }

    FileChannel channel() {
        return channel;
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    Cutter cutter() {
        return cutter;
    }

    /// All of it was read; calls the cutter unless there is more by now.
    void idle() throws IOException {
        if (!more()) {
            cutter.idle();
        }
    }

    long consumed() {
        return consumed;
    }

    /// What was taken of it ends there.
    void consumed(long end) {
        consumed = end;
        dirty = true;
    }

    /// Up to there it was taken to be over once.
    long ended() {
        return ended;
    }

    void ended(long end) {
        ended = end;
        ending = 0;
        dirty = true;
    }

    /// How many flows were told while it was taken to be over, which is not finished.
    int ending() {
        return ending;
    }

    void ending(int count) {
        ending = count;
        dirty = true;
    }

    long nextLine() {
        return ++line;
    }

    long line() {
        return line;
    }

    long size() {
        return size;
    }

    boolean retired() {
        return retired;
    }

    long modified() {
        return modified;
    }

    /// Whether it may be given up: its name is gone, and nothing was written to it for that long.
    boolean over(Duration silence) {
        return retired && silence() >= silence.toNanos();
    }

    /// Its name has gone to another file, or to none.
    void retire() {
        if (!retired) {
            retired = true;
            lastGrowth = System.nanoTime();
        }
    }

    /// It has this name now.
    void named(Path name) {
        path = name;
        retired = false;
    }

    /// Whether it was changed since it was asked last.
    boolean touched(long time) {
        boolean changed = time != modified;
        modified = time;
        return changed;
    }

    boolean dirty() {
        return dirty;
    }

    void clean() {
        dirty = false;
    }

    /// Nanoseconds since it last grew.
    long silence() {
        return System.nanoTime() - lastGrowth;
    }

    /// The same, or nanoseconds since it was last changed when that is longer: a file that was
    /// there before has been quiet already.
    long quiet() {
        long age = System.currentTimeMillis() - modified;
        return Math.max(silence(), TimeUnit.MILLISECONDS.toNanos(age));
    }

    /// Whether there is more of it than was read. Also notes its size.
    boolean more() throws IOException {
        size = channel.size();
        return size > cutter.seen();
    }

    /// Whether it is shorter than what was read of it.
    boolean shrunk() throws IOException {
        return channel.size() < cutter.seen();
    }

    /// Reads the next piece; nothing of it is used before [#genuine()] was asked again.
    int read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = channel.read(buffer, cutter.position());
        if (count > 0) {
            lastGrowth = System.nanoTime();
        }
        return count;
    }

    /// Whether it still begins with what it began with; otherwise it was written anew.
    boolean genuine() throws IOException {
        Optional<Fingerprint> now = fingerprint.grown(channel);
        now.ifPresent(grown -> fingerprint = grown);
        return now.isPresent();
    }

    /// It was truncated: begins anew.
    void restart() throws IOException {
        consumed = 0;
        line = 0;
        ended = 0;
        ending = 0;
        dirty = true;
        size = channel.size();
        lastGrowth = System.nanoTime();
        fingerprint = Fingerprint.of(channel);
        cutter.reset();
    }

    FileMark mark() {
        return new FileMark(consumed, line, modified, fingerprint, path.toString(), ended, ending);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

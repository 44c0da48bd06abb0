package io.netsentinel.integrations.file;

import io.netsentinel.integrations.LineSplitter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/// One file that is being read. It is held open, so it can be read to its end whatever becomes of
/// its name.
final class FollowedFile implements AutoCloseable {
    private final String identity;
    private final FileChannel channel;
    private final LineSplitter splitter;

    private Path path;
    private Fingerprint fingerprint;
    private long consumed;
    private long line;
    private long size;
    private long modified;
    private boolean retired;
    private boolean dirty = true;
    private boolean examined;
    private long lastGrowth = System.nanoTime();

    /// @param start how far it was read before, with what it then began with and the name it then
    ///   had: it goes by that name until it has another one among those that are meant
    FollowedFile(Found found, FileMark start, int maxLine, LineSink sink) throws IOException {
        this.identity = found.identity();
        this.path = Path.of(start.path());
        this.modified = found.modified();
        this.consumed = start.offset();
        this.line = start.line();
        this.channel = FileChannel.open(found.path(), StandardOpenOption.READ);
        this.fingerprint = start.fingerprint().grown(channel).orElse(start.fingerprint());
        this.size = channel.size();
        this.splitter = new LineSplitter(maxLine, sink.of(this));
        splitter.reset(consumed);
    }

    /// Makes the receiver of a file's lines.
    interface LineSink {
        LineSplitter.Lines of(FollowedFile file);
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

    LineSplitter splitter() {
        return splitter;
    }

    long consumed() {
        return consumed;
    }

    /// A line ends there.
    void consumed(long end) {
        consumed = end;
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

    /// Whether there is more of it than was read. Also notes its size.
    boolean more() throws IOException {
        size = channel.size();
        return size > splitter.position();
    }

    /// Whether it is shorter than what was read of it.
    boolean shrunk() throws IOException {
        return channel.size() < splitter.position();
    }

    /// Reads the next piece; nothing of it is used before [#genuine()] was asked again.
    int read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int count = channel.read(buffer, splitter.position());
        if (count > 0) {
            lastGrowth = System.nanoTime();
            examined = false;
        }
        return count;
    }

    /// Whether the last line misses only its end; looked at once after each growth.
    boolean lastLineComplete() {
        if (examined) {
            return false;
        }
        examined = true;
        return splitter.completeObject();
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
        dirty = true;
        size = channel.size();
        lastGrowth = System.nanoTime();
        fingerprint = Fingerprint.of(channel);
        splitter.reset(0);
    }

    FileMark mark() {
        return new FileMark(consumed, line, modified, fingerprint, path.toString());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

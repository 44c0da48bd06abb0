package io.netsentinel.queuing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.h2.store.fs.retry.FilePathRetryOnInterrupt;

/// A disk whose power can be cut: what H2 wrote to a file below a folder is there for sure only as
/// far as it was synced; of what it wrote later, some is there and some is not, in any combination.
/// A file that was never synced may be missing altogether.
@SuppressWarnings("exports") // H2 must be able to make one; nobody else compiles against tests
public final class LossyDisk extends FilePathWrapper {
    private static final Map<Path, Tracked> FILES = new HashMap<>();
    private static volatile Path folder = Path.of("/");

    /// A write, or with no bytes a cut of the file to this length, that was not synced.
    @SuppressWarnings("ArrayRecordComponent") // made here and never compared
    private record Pending(long at, byte[] bytes, boolean cut) {}

    /// One file: what is on the disk, and what is on its way there.
    private static final class Tracked {
        private final List<Pending> pending = new ArrayList<>();
        private byte[] synced = {};
        private boolean everSynced;
    }

    /// For H2, which makes one for each path.
    public LossyDisk() {}

    /// Takes the place of H2's own way to open the log's files, for those below a folder.
    static void insert(Path below) {
        synchronized (FILES) {
            FILES.clear();
        }
        folder = below.toAbsolutePath();
        FilePath.register(new LossyDisk());
    }

    /// Gives H2 back its own way.
    static void remove() {
        FilePath.register(new FilePathRetryOnInterrupt());
    }

    /// What is found after a power cut now.
    static void cut(Path after, Random random) throws IOException {
        synchronized (FILES) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.toList()) {
                    Path target = after.resolve(folder.relativize(one).toString());
                    Tracked tracked = FILES.get(one);
                    if (Files.isDirectory(one)) {
                        Files.createDirectories(target);
                    } else if (tracked == null) {
                        Files.copy(one, target);
                    } else if (tracked.everSynced || random.nextBoolean()) {
                        Files.write(target, found(tracked, random));
                    }
                }
            }
        }
    }

    private static byte[] found(Tracked tracked, Random random) {
        byte[] content = tracked.synced.clone();
        for (Pending one : tracked.pending) {
            if (random.nextBoolean()) {
                content = apply(content, one);
            }
        }
        return content;
    }

    private static byte[] apply(byte[] content, Pending change) {
        if (change.cut()) {
            return Arrays.copyOf(content, (int) Math.min(content.length, change.at()));
        }
        int end = (int) change.at() + change.bytes().length;
        byte[] changed = Arrays.copyOf(content, Math.max(content.length, end));
        System.arraycopy(change.bytes(), 0, changed, (int) change.at(), change.bytes().length);
        return changed;
    }

    @Override
    public String getScheme() {
        return "retry";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel base = super.open(mode);
        Path path = Path.of(getBase().toString()).toAbsolutePath();
        if (!path.startsWith(folder)) {
            return base;
        }
        synchronized (FILES) {
            return new Channel(base, FILES.computeIfAbsent(path, LossyDisk::tracked));
        }
    }

    /// What is there already was written by others, and well.
    private static Tracked tracked(Path file) {
        Tracked tracked = new Tracked();
        try {
            tracked.synced = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tracked.everSynced = tracked.synced.length > 0;
        return tracked;
    }

    private static final class Channel extends FileBase {
        private final FileChannel base;
        private final Tracked tracked;

        Channel(FileChannel base, Tracked tracked) {
            this.base = base;
            this.tracked = tracked;
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            return base.read(target, position);
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            synchronized (FILES) {
                byte[] bytes = new byte[source.remaining()];
                source.duplicate().get(bytes);
                int written = base.write(source, position);
                tracked.pending.add(new Pending(position, Arrays.copyOf(bytes, written), false));
                return written;
            }
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            synchronized (FILES) {
                base.truncate(size);
                tracked.pending.add(new Pending(size, new byte[0], true));
                return this;
            }
        }

        @Override
        public void force(boolean metaData) throws IOException {
            synchronized (FILES) {
                base.force(metaData);
                for (Pending one : tracked.pending) {
                    tracked.synced = apply(tracked.synced, one);
                }
                tracked.pending.clear();
                tracked.everSynced = true;
            }
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return base.read(target);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int written = write(source, base.position());
            base.position(base.position() + written);
            return written;
        }

        @Override
        public long position() throws IOException {
            return base.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            base.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return base.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return base.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            base.close();
        }
    }
}

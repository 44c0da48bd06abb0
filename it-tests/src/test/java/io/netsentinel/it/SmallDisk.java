package io.netsentinel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file system of its own with little room, kept in memory. Only root may mount one.
final class SmallDisk implements AutoCloseable {
    static final String MOUNTABLE = "io.netsentinel.it.SmallDisk#mountable";
    static final String NOT_MOUNTABLE = "needs root and the right to mount a tmpfs";

    private static final int BLOCK = 64 * 1024;

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    static boolean mountable() {
        try {
            Path probe = Files.createTempDirectory("netsentinel-mount");
            boolean mounted = mount(probe, "size=1m");
            if (mounted) {
                run("umount", probe.toString());
            }
            Files.delete(probe);
            return mounted;
        } catch (IOException _) {
            return false;
        }
    }

    static SmallDisk mount(Path path, int megabytes) throws IOException {
        Files.createDirectory(path);
        if (!mount(path, "size=" + megabytes + "m")) {
            throw new AssertionError("cannot mount " + path);
        }
        return new SmallDisk(path);
    }

    private static boolean mount(Path path, String options) {
        return run("mount", "-t", "tmpfs", "-o", options, "netsentinel-it", path.toString());
    }

    private static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Path path() {
        return path;
    }

    /// From now on nothing can be written.
    void makeReadOnly() {
        if (!run("mount", "-o", "remount,ro", path.toString())) {
            throw new AssertionError("cannot remount " + path);
        }
    }

    /// Takes every byte that is left.
    void fill() {
        try (FileChannel ballast =
                FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (path.toFile().getUsableSpace() > 0) {
                ballast.write(ByteBuffer.allocate(BLOCK));
            }
        } catch (IOException _) {
            // no space left: that is the point
        }
    }

    /// Gives back what [#fill] took.
    void free() {
        try {
            Files.delete(ballast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path ballast() {
        return path.resolve("ballast");
    }

    @Override
    public void close() {
        // whoever used it may be ending still
        Await.until("unmounted", () -> run("umount", path.toString()));
    }
}

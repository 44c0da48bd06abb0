package io.netsentinel.it;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/// What logrotate and its like do to a file that somebody writes to.
final class Rotations {
    private final Path file;
    private final LineWriter writer;
    private int generation;

    /// One of them.
    interface Step {
        void run() throws IOException;
    }

    Rotations(Path file, LineWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    private Path rotated(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    private Path target() {
        return file.resolveSibling("target-" + generation + ".log");
    }

    /// The next line goes to a new file of the old name.
    void rename() throws IOException {
        Files.move(file, rotated(++generation), StandardCopyOption.ATOMIC_MOVE);
    }

    /// As `copytruncate`, but what is written between the two steps, which is always lost, does not
    /// happen here.
    void copyAndTruncate() {
        between(() -> {
            Files.copy(file, rotated(++generation));
            truncate();
        });
    }

    /// Without a copy: only what was read may go.
    void truncate(Runnable awaitRead) {
        between(() -> {
            awaitRead.run();
            truncate();
        });
    }

    private void truncate() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    void delete() throws IOException {
        Files.delete(file);
    }

    /// What was rotated and read becomes a compressed file.
    void compressRotated() throws IOException {
        for (int number = 1; number <= generation; number++) {
            if (Files.exists(rotated(number))) {
                Path zipped = file.resolveSibling(rotated(number).getFileName() + ".gz");
                try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
                    Files.copy(rotated(number), out);
                }
                Files.delete(rotated(number));
            }
        }
    }

    /// From now on the name is a link.
    void replaceByLink() {
        between(() -> {
            rename();
            Files.createSymbolicLink(file, target());
        });
    }

    void switchLink() throws IOException {
        generation++;
        Path link = Files.createSymbolicLink(file.resolveSibling("next"), target());
        Files.move(link, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void between(Step step) {
        writer.between(() -> {
            try {
                step.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}

package io.netsentinel.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.ErrorManager;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/// Writes log lines to a file of mode 0600 that never gets larger than it may: a full one becomes
/// `NAME.1`, that one `NAME.2`, and the oldest goes. A file that somebody else has moved away, as
/// `logrotate` does, is begun anew. (The platform's `FileHandler` writes to `NAME.0` and knows no
/// others.)
final class RotatedFile extends Handler {
    private static final long LOOK_NANOS = 1_000_000_000L;
    private static final long RETRY_NANOS = 60 * LOOK_NANOS;

    private final Path file;
    private final long largest;
    private final int older;
    private OutputStream out;
    private long size;
    private long looked;
    private long rotateAfter = System.nanoTime();
    private boolean broken;

    /// @param largest bytes after which another is begun
    /// @param older how many full ones are kept
    /// @throws IOException when it cannot be written to
    RotatedFile(Path file, long largest, int older, Formatter formatter) throws IOException {
        this.file = file.toAbsolutePath();
        this.largest = largest;
        this.older = older;
        this.out = open();
        setFormatter(formatter);
    }

    private OutputStream open() throws IOException {
        Files.createDirectories(file.getParent());
        OutputStream opened =
                new BufferedOutputStream(
                        Files.newOutputStream(
                                file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        size = Files.size(file);
        looked = System.nanoTime();
        return opened;
    }

    @Override
    public synchronized void publish(LogRecord record) {
        byte[] line = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
        try {
            if (broken) {
                out = open();
                broken = false;
            }
            if (size > 0 && size + line.length > largest && System.nanoTime() - rotateAfter >= 0) {
                rotate();
            } else if (System.nanoTime() - looked > LOOK_NANOS) {
                comeBack();
            }
            out.write(line);
            out.flush();
            size += line.length;
        } catch (IOException e) {
            broken = true;
            // where everything goes that has no file
            System.err.writeBytes(line);
            reportError("cannot write to " + file, e, ErrorManager.WRITE_FAILURE);
        }
    }

    /// A file that cannot be put aside grows on: that is better than lines that are lost.
    private void rotate() throws IOException {
        out.close();
        try {
            putAside();
        } catch (IOException e) {
            rotateAfter = System.nanoTime() + RETRY_NANOS;
            reportError("cannot put aside " + file, e, ErrorManager.GENERIC_FAILURE);
        }
        out = open();
    }

    private void putAside() throws IOException {
        for (int number = older; number >= 1; number--) {
            Path from = number == 1 ? file : numbered(number - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (older == 0) {
            Files.delete(file);
        }
    }

    /// After somebody has moved or emptied the file.
    private void comeBack() throws IOException {
        looked = System.nanoTime();
        if (!Files.exists(file) || Files.size(file) < size) {
            out.close();
            out = open();
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public synchronized void flush() {
        // every line is written out at once
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            reportError("cannot close " + file, e, ErrorManager.CLOSE_FAILURE);
        }
    }
}

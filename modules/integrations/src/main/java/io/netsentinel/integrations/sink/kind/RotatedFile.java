package io.netsentinel.integrations.sink.kind;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A file of lines that is put aside under a name with the time when it has grown to a size; of
/// those put aside the oldest are deleted. When somebody else moves it away a new one is begun.
/// Mode 0640.
final class RotatedFile {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int LOOK_BACK = 64 << 10;

    private final Path path;
    private final long size;
    private final int keep;
    private Optional<FileChannel> open = Optional.empty();
    private Optional<Object> identity = Optional.empty();

    /// @param size bytes from which on it is put aside
    /// @param keep how many of those put aside are kept
    RotatedFile(Path path, long size, int keep) {
        this.path = path;
        this.size = size;
        this.keep = keep;
    }

    Path path() {
        return path;
    }

    /// Adds whole lines; they are on the disk when this returns, and none of them is in the file
    /// when it throws, as far as that can be done.
    void append(byte[] lines) throws IOException {
        FileChannel channel = current();
        if (channel.size() > 0 && channel.size() + lines.length > size) {
            putAside();
            channel = current();
        }
        long before = channel.size();
        try {
            ByteBuffer bytes = ByteBuffer.wrap(lines);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            try {
                channel.truncate(before);
            } catch (IOException late) {
                e.addSuppressed(late);
            }
            close();
            throw e;
        }
    }

    private FileChannel current() throws IOException {
        if (open.isPresent() && open.get().isOpen() && identity.equals(identity(path))) {
            return open.get();
        }
        close();
        FileChannel channel =
                FileChannel.open(
                        path,
                        Set.of(
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.CREATE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-r-----")));
        open = Optional.of(channel);
        identity = identity(path);
        endAtALine(channel);
        return channel;
    }

    private static Optional<Object> identity(Path file) throws IOException {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /// A crash may have left part of a line, which is written again: it is cut off.
    private static void endAtALine(FileChannel channel) throws IOException {
        long end = channel.size();
        long at = end;
        ByteBuffer piece = ByteBuffer.allocate(LOOK_BACK);
        while (at > 0) {
            long from = Math.max(0, at - LOOK_BACK);
            piece.clear().limit((int) (at - from));
            while (piece.hasRemaining() && channel.read(piece, from + piece.position()) > 0) {
                // until the piece is full
            }
            for (int i = piece.position() - 1; i >= 0; i--) {
                if (piece.get(i) == '\n') {
                    cut(channel, from + i + 1, end);
                    return;
                }
            }
            at = from;
        }
        cut(channel, 0, end);
    }

    private static void cut(FileChannel channel, long at, long end) throws IOException {
        if (at < end) {
            channel.truncate(at);
        }
        channel.position(at);
    }

    private void putAside() throws IOException {
        close();
        String name = Objects.requireNonNull(path.getFileName()).toString();
        Path aside = path.resolveSibling(name + "." + STAMP.format(Instant.now()));
        if (Files.exists(aside)) {
            throw new FileAlreadyExistsException(aside.toString());
        }
        Files.move(path, aside);
        List<Path> old = putAside(name);
        for (Path one : old.subList(0, Math.max(0, old.size() - keep))) {
            Files.deleteIfExists(one);
        }
    }

    private List<Path> putAside(String name) throws IOException {
        Path folder = Objects.requireNonNull(path.getParent());
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = new ArrayList<>();
            files.filter(file -> isPutAside(file, name)).forEach(found::add);
            found.sort(null);
            return found;
        }
    }

    /// Only what this put aside itself is ever deleted.
    private static boolean isPutAside(Path file, String name) {
        String other = Objects.requireNonNull(file.getFileName()).toString();
        return other.startsWith(name + ".")
                && other.substring(name.length() + 1).matches("\\d{8}T\\d{6}\\.\\d{3}Z");
    }

    void close() {
        open.ifPresent(channel -> {
            try {
                channel.close();
            } catch (IOException _) {
                // everything in it was forced to the disk
            }
        });
        open = Optional.empty();
    }
}

package io.netsentinel.queuing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Watches the free space, so that H2 seldom meets a full disk: it closes the database when it
/// does.
final class DiskSpace {

    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int RESERVE_SHARE = 20;
    private static final int PROBE_BYTES = 256 * 1024;
    private static final long MIB = 1024 * 1024;

    private final Path directory;
    private final long mostReserve;
    private long checked = System.nanoTime() - CHECK_NANOS;

    DiskSpace(Path directory, long mostReserve) {
        this.directory = directory;
        this.mostReserve = mostReserve;
    }

    /// As [#shortage], looking at the disk 20 times a second at most.
    Optional<String> shortageNow() {
        long now = System.nanoTime();
        if (now - checked < CHECK_NANOS) {
            return Optional.empty();
        }
        checked = now;
        return shortage(0);
    }

    /// What is wrong with the free space, one line.
    ///
    /// @param more bytes to be free above the reserve
    private Optional<String> shortage(long more) {
        try {
            FileStore disk = Files.getFileStore(directory);
            long reserve = Math.min(mostReserve, disk.getTotalSpace() / RESERVE_SHARE);
            long free = disk.getUsableSpace();
            return free >= reserve + more
                    ? Optional.empty()
                    : Optional.of(
                            "disk full: "
                                    + free / MIB
                                    + " MiB free for "
                                    + directory
                                    + ", "
                                    + (reserve + more) / MIB
                                    + " MiB are needed: free some space or lower retention.max-disk");
        } catch (IOException e) {
            return Optional.of("cannot ask for the free space of " + directory + ": " + e);
        }
    }

    /// Whether writing works again: there is room, and a small file can be written and deleted.
    Optional<String> obstacle() {
        Optional<String> shortage = shortage(PROBE_BYTES);
        if (shortage.isPresent()) {
            return shortage;
        }
        Path probe = directory.resolve("probe");
        try {
            try (FileChannel file =
                    FileChannel.open(
                            probe,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                Files0600.writeFully(file, ByteBuffer.allocate(PROBE_BYTES), 0);
            }
            Files.delete(probe);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot write to " + directory + ": " + e);
        }
    }
}

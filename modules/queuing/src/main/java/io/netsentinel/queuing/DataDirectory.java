package io.netsentinel.queuing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Optional;

/// The data directory: one process at a time, of a known format, with the secret its databases are
/// opened with. The files are described in docs/data-directory.md.
final class DataDirectory implements AutoCloseable {

    static final int FORMAT = 1;

    private static final String VERSION_PREFIX = "netsentinel-data ";
    private static final int PASSWORD_BITS = 160;
    private static final int BASE_36 = 36;

    private final Path path;
    private final FileChannel lockFile;
    private final FileLock lock;

    private DataDirectory(Path path, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    static DataDirectory open(Path given) {
        Path path = given.toAbsolutePath().normalize();
        if (path.toString().contains(";")) {
            throw new DataDirectoryException(
                    "data directory " + path + ": its path must not contain ';'");
        }
        try {
            Files0600.createDirectories(path);
            DataDirectory directory = lock(path);
            try {
                directory.checkVersion();
                Files0600.createDirectories(directory.segments());
                Files0600.createDirectories(directory.tables());
            } catch (IOException | RuntimeException e) {
                directory.close();
                throw e;
            }
            return directory;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    static DataDirectoryException unusable(Path path, IOException e) {
        return new DataDirectoryException("data directory " + path + " cannot be used: " + e, e);
    }

    private static DataDirectory lock(Path path) throws IOException {
        FileChannel file =
                FileChannel.open(
                        path.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        Optional<FileLock> lock = Optional.empty();
        try {
            lock = Optional.ofNullable(file.tryLock());
        } catch (OverlappingFileLockException e) {
            // this very process has it: answered below like any other
        } finally {
            if (lock.isEmpty()) {
                file.close();
            }
        }
        if (lock.isEmpty()) {
            throw new DataDirectoryInUseException(path, holder(path.resolve("lock")));
        }
        Files0600.protect(path.resolve("lock"));
        file.truncate(0);
        String pid = ProcessHandle.current().pid() + "\n";
        Files0600.writeFully(file, ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
        return new DataDirectory(path, file, lock.get());
    }

    private static long holder(Path lockFile) {
        try {
            return Long.parseLong(Files.readString(lockFile).strip());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private void checkVersion() throws IOException {
        Path file = path.resolve("version");
        if (!Files.exists(file)) {
            Files0600.replace(file, VERSION_PREFIX + FORMAT + "\n");
            return;
        }
        String text = Files.readString(file).strip();
        if (!text.matches(VERSION_PREFIX + "[0-9]{1,9}")) {
            throw new DataDirectoryException(
                    "data directory "
                            + path
                            + ": the file 'version' does not hold '"
                            + VERSION_PREFIX
                            + "N': this is not a data directory, or it is damaged");
        }
        int format = Integer.parseInt(text.substring(VERSION_PREFIX.length()));
        if (format > FORMAT) {
            throw new DataDirectoryException(
                    "data directory "
                            + path
                            + " has format "
                            + format
                            + ", written by a newer version; this one reads format "
                            + FORMAT
                            + ": use the newer version, or another directory");
        }
    }

    Path path() {
        return path;
    }

    Path segments() {
        return path.resolve("log");
    }

    Path tables() {
        return path.resolve("store");
    }

    Path marks() {
        return path.resolve("marks");
    }

    /// The password of the segments' databases. It keeps nobody out who can read this directory; it
    /// is there because no database of ours should open with a known one.
    ///
    /// @param make whether there are no databases yet, so that a password can be made up
    String password(boolean make) {
        Path file = path.resolve("database-password");
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            if (!make) {
                throw new DataDirectoryException(
                        "data directory "
                                + path
                                + ": the file 'database-password' is missing, without it the log cannot be opened: restore it");
            }
            String password = new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(BASE_36);
            Files0600.replace(file, password + "\n");
            return password;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            System.getLogger("io.netsentinel.queuing")
                    .log(System.Logger.Level.WARNING, "closing the lock of " + path, e);
        }
    }
}

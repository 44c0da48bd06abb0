package io.netsentinel.queuing;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.Driver;

/// One file of the log, opened when needed. Each of the log's threads has its own session; the file
/// is closed, or deleted, when no thread is using it.
final class Segment {

    /// How the next opening is done.
    enum Mode {
        WRITE,
        READ
    }

    /// Work on a session.
    interface Work<T> {
        T on(Session session) throws SQLException;
    }

    /// H2 settings. Space inside a file is never used again: with reuse, H2 2.5.252 opens a file at
    /// an older state after `kill -9` (see docs/adr/0001-the-log.md). Its cache of pages is small:
    /// who reads a million events meets no page twice, and what a larger one holds for a while is
    /// garbage of the old space. The rest keeps H2 from doing anything on its own account.
    private static final String SETTINGS =
            ";WRITE_DELAY=0;REUSE_SPACE=FALSE;RETENTION_TIME=0;MAX_COMPACT_TIME=0"
                    + ";PAGE_SIZE=4096;CACHE_SIZE=1024;LAZY_QUERY_EXECUTION=1;ANALYZE_AUTO=0;DB_CLOSE_ON_EXIT=FALSE"
                    + ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;DEFAULT_LOCK_TIMEOUT=10000";

    private static final String OBJECT_CACHE = "h2.objectCache";
    private static final Driver DRIVER = driver();

    private final SegmentFile file;
    private final String password;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Thread, Session> readers = new HashMap<>();
    private final List<Session> owned = new ArrayList<>();
    private final Condition changed = lock.newCondition();
    private int users;
    private boolean switching;
    private Mode mode;
    private Mode openMode;
    private boolean gone;
    private volatile long lastUse = System.nanoTime();

    /// H2 would compute a hash over every payload to look for an equal value it has seen lately.
    private static Driver driver() {
        if (System.getProperty(OBJECT_CACHE) == null) {
            System.setProperty(OBJECT_CACHE, "false");
        }
        return new Driver();
    }

    Segment(SegmentFile file, String password, Mode mode) {
        this.file = file;
        this.password = password;
        this.mode = mode;
        this.openMode = mode;
    }

    SegmentFile file() {
        return file;
    }

    /// Runs work on the calling thread's session, opening the file when it is closed.
    ///
    /// @throws SegmentException when it fails; `gone` when the segment was deleted meanwhile
    <T> T read(Work<T> work) {
        for (boolean again = false; ; again = true) {
            Session session = enter();
            try {
                return work.on(session);
            } catch (SQLException e) {
                if (again || Failures.of(e) != Failures.CLOSED) {
                    throw new SegmentException(file, e);
                }
                reset();
            } finally {
                leave();
            }
        }
    }

    private Session enter() {
        lock.lock();
        try {
            while (switching) {
                changed.awaitUninterruptibly();
            }
            if (gone) {
                throw SegmentException.gone(file);
            }
            Session session = readers.get(Thread.currentThread());
            if (session == null) {
                session = connect();
                readers.put(Thread.currentThread(), session);
            }
            users++;
            lastUse = System.nanoTime();
            return session;
        } catch (SQLException e) {
            throw new SegmentException(file, e);
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            users--;
            if (gone && users == 0) {
                delete();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A session of its own, for writing; closed by [#release] or with the segment.
    Session openSession() throws SQLException {
        lock.lock();
        try {
            Session session = connect();
            owned.add(session);
            return session;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until nobody is reading, then opens the file for writing. Readers wait for this
    /// meanwhile.
    Session reopenForWriting() throws SQLException {
        lock.lock();
        try {
            switching = true;
            while (users > 0) {
                changed.awaitUninterruptibly();
            }
            closeSessions();
            mode = Mode.WRITE;
            return openSession();
        } finally {
            switching = false;
            changed.signalAll();
            lock.unlock();
        }
    }

    /// Whether the file can be opened at all.
    boolean opens() {
        try {
            return read(_ -> true);
        } catch (SegmentException e) {
            return e.failure() != Failures.DAMAGED;
        }
    }

    void release(Session session) {
        lock.lock();
        try {
            owned.remove(session);
            session.close();
        } finally {
            lock.unlock();
        }
    }

    private Session connect() throws SQLException {
        if (!open()) {
            openMode = mode;
        }
        Properties properties = new Properties();
        properties.setProperty("user", "netsentinel");
        properties.setProperty("password", password);
        String url =
                "jdbc:h2:retry:"
                        + file.database()
                        + SETTINGS
                        + (openMode == Mode.READ ? ";ACCESS_MODE_DATA=r;IFEXISTS=TRUE" : "");
        Session session = new Session(Objects.requireNonNull(DRIVER.connect(url, properties)));
        try {
            Files0600.protect(file.path());
        } catch (IOException e) {
            session.close();
            throw new SQLException(e);
        }
        return session;
    }

    private boolean open() {
        return !readers.isEmpty() || !owned.isEmpty();
    }

    /// How it is to be opened when it is open no longer.
    void mode(Mode wanted) {
        lock.lock();
        try {
            mode = wanted;
        } finally {
            lock.unlock();
        }
    }

    /// Drops all sessions at once, also those in use: after H2 has closed the database under them.
    void reset() {
        lock.lock();
        try {
            closeSessions();
        } finally {
            lock.unlock();
        }
    }

    /// Closes the file unless somebody is using it.
    void closeIfIdle() {
        lock.lock();
        try {
            if (users == 0 && owned.isEmpty()) {
                closeSessions();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return open();
        } finally {
            lock.unlock();
        }
    }

    long lastUse() {
        return lastUse;
    }

    /// Deletes the file as soon as nobody is using it.
    void retire() {
        lock.lock();
        try {
            gone = true;
            if (users == 0) {
                delete();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Makes the disk keep the file's name: a file whose folder was not written out may be gone
    /// after a power cut, whatever it held.
    void syncName() throws SQLException {
        try {
            Files0600.syncDirectory(file.path());
        } catch (IOException e) {
            throw new SQLException("cannot sync the folder of " + file.name(), e);
        }
    }

    private void closeSessions() {
        readers.values().forEach(Session::close);
        readers.clear();
        owned.forEach(Session::close);
        owned.clear();
    }

    private void delete() {
        closeSessions();
        try {
            Files.deleteIfExists(file.path());
        } catch (IOException e) {
            // Found again at the next start and deleted then; the disk budget counts files as they
            // are.
            System.getLogger("io.netsentinel.queuing")
                    .log(System.Logger.Level.WARNING, "cannot delete " + file.path() + ": " + e);
        }
    }
}

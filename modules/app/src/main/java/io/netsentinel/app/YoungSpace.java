package io.netsentinel.app;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Lets the heap's young space grow once there is work for it.
///
/// A server starts with a young space of a few MiB (`bin/netsentinel`): what is allocated on the
/// way to its start would otherwise be memory it holds for as long as it runs. A small one is
/// collected often, which costs little while little happens. Java's serial collector gives it
/// another size, half of the old space, only after a collection of the whole heap, and that comes
/// late, when much has been moved to the old space too early and the pause is long; so this asks
/// for one, once, when collections have been frequent for some seconds. A burst of sign-ins is
/// shorter than that.
final class YoungSpace implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(YoungSpace.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final long SMALL = 64 << 20;

    /// Collections in a second that are many.
    static final int MANY = 10;

    /// How many seconds in a row there must have been many.
    static final int LASTING = 8;

    private final LongSupplier collections;
    private final Runnable grow;
    private final Thread thread;
    private long before;
    private int busy;

    YoungSpace(LongSupplier collections, Runnable grow) {
        this.collections = collections;
        this.grow = grow;
        this.before = collections.getAsLong();
        this.thread = Thread.ofVirtual().name("young-space").unstarted(this::watch);
    }

    /// Watches it where it is small and would not grow by itself.
    static YoungSpace start() {
        Optional<GarbageCollectorMXBean> young =
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .filter(collector -> collector.getName().equals("Copy"))
                        .findAny();
        boolean small =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getName().equals("Eden Space"))
                        .map(MemoryPoolMXBean::getUsage)
                        .anyMatch(usage -> usage.getCommitted() < SMALL);
        YoungSpace space =
                new YoungSpace(
                        () -> young.map(GarbageCollectorMXBean::getCollectionCount).orElse(0L),
                        System::gc);
        if (young.isPresent() && small) {
            space.thread.start();
        }
        return space;
    }

    private void watch() {
        try {
            do {
                Thread.sleep(LOOK);
            } while (!second());
        } catch (InterruptedException _) {
            // the server stops
        }
    }

    /// What is done once a second.
    ///
    /// @return whether it has grown
    boolean second() {
        long now = collections.getAsLong();
        busy = now - before >= MANY ? busy + 1 : 0;
        before = now;
        if (busy < LASTING) {
            return false;
        }
        LOG.log(System.Logger.Level.DEBUG, "there is work: the young space grows");
        grow.run();
        return true;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

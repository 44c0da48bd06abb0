package io.netsentinel.analytics;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netsentinel.transport.Figures;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Meter;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import jdk.management.VirtualThreadSchedulerMXBean;

/// The figures of the process and of Java, under the names Prometheus's own clients give them.
public final class ProcessMeter implements Meter {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    /// For `ServiceLoader`.
    public ProcessMeter() {}

    @Override
    public void measure(Services services, Figures figures) {
        time(figures);
        files(figures);
        memory(figures);
        java(figures);
    }

    private static void time(Figures figures) {
        ProcessHandle.Info info = ProcessHandle.current().info();
        info.totalCpuDuration()
                .ifPresent(time ->
                        figures.counter(
                                "process_cpu_seconds_total",
                                "Processor time of the server.",
                                time.toNanos() / NANOS));
        info.startInstant()
                .ifPresent(start ->
                        figures.gauge(
                                "process_start_time_seconds",
                                "When the server was started, seconds since 1970.",
                                start.toEpochMilli() / MILLIS));
    }

    private static void files(Figures figures) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean os) {
            figures.gauge(
                    "process_open_fds", "Files and sockets open.", os.getOpenFileDescriptorCount());
            figures.gauge(
                    "process_max_fds",
                    "The most files and sockets that can be open.",
                    os.getMaxFileDescriptorCount());
        }
    }

    private static void memory(Figures figures) {
        resident()
                .ifPresent(bytes ->
                        figures.gauge(
                                "process_resident_memory_bytes",
                                "Memory of the server, Java's own included.",
                                bytes));
        Runtime runtime = Runtime.getRuntime();
        figures.gauge(
                "netsentinel_heap_used_bytes",
                "Java heap in use, garbage included.",
                runtime.totalMemory() - runtime.freeMemory());
        figures.gauge(
                "netsentinel_heap_limit_bytes",
                "The most Java heap there can be.",
                runtime.maxMemory());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            figures.gauge(
                    "jvm_buffer_pool_used_bytes",
                    "Memory of buffers outside the heap.",
                    pool.getMemoryUsed(),
                    "pool",
                    pool.getName());
        }
    }

    private static OptionalLong resident() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | NumberFormatException _) {
            return OptionalLong.empty(); // not on Linux
        }
    }

    private static void java(Figures figures) {
        figures.gauge(
                "jvm_threads_current",
                "Threads of the operating system; virtual ones are not counted.",
                ManagementFactory.getThreadMXBean().getThreadCount());
        VirtualThreadSchedulerMXBean virtual =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        figures.gauge(
                "jvm_virtual_threads_mounted",
                "Virtual threads that run now, of at most as many as there are processors.",
                virtual.getMountedVirtualThreadCount());
        figures.gauge(
                "jvm_virtual_threads_queued",
                "Virtual threads that could run and wait for a processor.",
                virtual.getQueuedVirtualThreadCount());
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            String name = collector.getName();
            figures.counter(
                    "jvm_gc_collections_total",
                    "Times garbage was collected.",
                    collector.getCollectionCount(),
                    "gc",
                    name);
            figures.counter(
                    "jvm_gc_collection_seconds_total",
                    "Time that took; everything stands still meanwhile.",
                    collector.getCollectionTime() / MILLIS,
                    "gc",
                    name);
        }
    }
}

package io.netsentinel.app.doctor;

import com.sun.management.OperatingSystemMXBean;
import io.netsentinel.transport.OpenFiles;
import java.lang.management.ManagementFactory;
import java.util.List;

/// What the machine gives this program: memory and open files.
public final class MachineChecks {
    private static final long MIB = 1024 * 1024;
    private static final long LEAST_HEAP = 256 * MIB;

    private MachineChecks() {}

    /// All of them.
    ///
    /// @param connections how many the configuration wants
    public static List<Finding> of(int connections) {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                        ? system.getTotalMemorySize()
                        : Long.MAX_VALUE;
        return List.of(memory(Runtime.getRuntime().maxMemory(), memory), files(connections));
    }

    /// @param heap most bytes of Java's heap
    /// @param memory bytes of the machine, or of the container
    static Finding memory(long heap, long memory) {
        String text = "a heap of %d MiB on %d MiB".formatted(heap / MIB, memory / MIB);
        if (heap < LEAST_HEAP) {
            return Finding.warning(
                    "memory",
                    text,
                    "give it more: NETSENTINEL_JAVA_OPTS=-Xmx512m, or a larger machine");
        }
        if (heap > memory / 4 * 3) {
            return Finding.warning(
                    "memory",
                    text + " leaves too little for files and connections",
                    "lower -Xmx in NETSENTINEL_JAVA_OPTS");
        }
        return Finding.ok("memory", text);
    }

    private static Finding files(int connections) {
        String remedy =
                "raise it: ulimit -n %d, or LimitNOFILE= of the service"
                        .formatted(2L * connections);
        try {
            OpenFiles files = OpenFiles.forConnections(connections);
            String text = "%d may be open".formatted(files.limit());
            return files.connections() < connections
                    ? Finding.warning(
                            "files",
                            "%s: enough for %d connections of limits.connections %d"
                                    .formatted(text, files.connections(), connections),
                            remedy)
                    : Finding.ok("files", text);
        } catch (IllegalStateException e) {
            return Finding.problem("files", String.valueOf(e.getMessage()), remedy);
        }
    }
}

package io.netsentinel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What a server process has used of the machine so far.
///
/// @param processor time on processors
/// @param peak most memory it ever had, in MiB; 0 where the system does not tell
record Usage(Duration processor, long peak) {
    static Usage of(ServerProcess server) {
        Duration processor =
                ProcessHandle.of(server.pid())
                        .flatMap(handle -> handle.info().totalCpuDuration())
                        .orElse(Duration.ZERO);
        return new Usage(processor, peak(server.pid()));
    }

    private static long peak(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

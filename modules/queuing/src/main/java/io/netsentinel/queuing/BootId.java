package io.netsentinel.queuing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Tells one run of the machine from the next.
final class BootId {

    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    /// The current one; the same value for ever where the system does not tell (then a power cut is
    /// noticed only by missing events).
    static String current() {
        try {
            return Files.readString(LINUX).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}

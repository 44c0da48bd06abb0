package io.netsentinel.queuing;

import java.nio.file.Path;
import java.util.Map;

/// What a backup holds.
///
/// @param file where it is
/// @param bytes how large it is
/// @param tails the newest offset of each channel in it
public record BackupReport(Path file, long bytes, Map<String, Long> tails) {
    /// Copies the map.
    public BackupReport {
        tails = Map.copyOf(tails);
    }
}

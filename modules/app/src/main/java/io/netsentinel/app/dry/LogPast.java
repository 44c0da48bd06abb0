package io.netsentinel.app.dry;

import io.netsentinel.detection.DryRun;
import io.netsentinel.queuing.DataDirectoryException;
import io.netsentinel.queuing.DataDirectoryInUseException;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.queuing.Page;
import java.nio.file.Files;
import java.nio.file.Path;

/// The log of a server that is stopped.
public final class LogPast implements Past {
    private static final int PAGE = 1_000;
    private static final int PAGE_BYTES = 8 << 20;

    private final Path data;
    private final LogSettings settings;

    /// @param data the data directory
    public LogPast(Path data, LogSettings settings) {
        this.data = data;
        this.settings = settings;
    }

    @Override
    public void play(DryRun detectors) throws FailedException {
        if (!Files.isDirectory(data)) {
            throw new FailedException("there is no data directory " + data);
        }
        try (EventLog log = EventLog.open(data, settings)) {
            for (String channel : detectors.channels()) {
                play(channel, log, detectors);
            }
        } catch (DataDirectoryInUseException e) {
            throw new FailedException(
                    e.getMessage() + "; of a running server: --url and --token of a viewer");
        } catch (DataDirectoryException e) {
            throw new FailedException(String.valueOf(e.getMessage()));
        }
    }

    private static void play(String channel, EventLog log, DryRun detectors) {
        long at = 0;
        while (true) {
            Page page = log.read(channel, at, PAGE, PAGE_BYTES).join();
            page.records()
                    .forEach(record -> detectors.look(channel, record.offset(), record.payload()));
            if (page.scannedTo() <= at) {
                return;
            }
            at = page.scannedTo();
        }
    }
}

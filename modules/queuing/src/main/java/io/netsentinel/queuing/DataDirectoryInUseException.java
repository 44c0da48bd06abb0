package io.netsentinel.queuing;

import java.nio.file.Path;

/// Another running process has the data directory.
public final class DataDirectoryInUseException extends DataDirectoryException {

    private static final long serialVersionUID = 1L;

    private final long pid;

    DataDirectoryInUseException(Path directory, long pid) {
        super(
                "data directory "
                        + directory
                        + " is in use by "
                        + (pid > 0 ? "process " + pid : "another process"));
        this.pid = pid;
    }

    /// The process that has it, 0 when it is not known.
    public long pid() {
        return pid;
    }
}

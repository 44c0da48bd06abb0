package io.netsentinel.queuing;

/// Nothing can be written for now (full disk, read-only file system, I/O errors); reading goes on.
/// Temporary: the log recovers by itself, so try again later.
public final class StorageDegradedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param reason what is wrong, fit to be shown
    public StorageDegradedException(String reason) {
        super(reason, null, false, false);
    }
}

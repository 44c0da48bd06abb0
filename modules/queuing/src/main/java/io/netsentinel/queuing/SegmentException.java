package io.netsentinel.queuing;

/// A segment could not do what it was asked.
final class SegmentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Failures failure;
    private final boolean gone;

    SegmentException(SegmentFile file, Throwable cause) {
        super(file.name() + ": " + Failures.text(cause), cause);
        this.failure = Failures.of(cause);
        this.gone = false;
    }

    private SegmentException(SegmentFile file) {
        super(file.name() + " is deleted", null, false, false);
        this.failure = Failures.CLOSED;
        this.gone = true;
    }

    static SegmentException gone(SegmentFile file) {
        return new SegmentException(file);
    }

    Failures failure() {
        return failure;
    }

    boolean gone() {
        return gone;
    }
}

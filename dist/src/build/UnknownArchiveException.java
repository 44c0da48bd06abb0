import java.io.IOException;

/// An archive of classes that is not as JDK 25 was seen to write it.
final class UnknownArchiveException extends IOException {
    private static final long serialVersionUID = 1;

    UnknownArchiveException(String message) {
        super(message);
    }
}

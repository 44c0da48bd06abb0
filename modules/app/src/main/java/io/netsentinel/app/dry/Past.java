package io.netsentinel.app.dry;

import io.netsentinel.detection.DryRun;
import java.io.IOException;

/// Events of the past.
public interface Past {
    /// Hands all of them to the detectors.
    ///
    /// @throws FailedException with a text for people
    void play(DryRun detectors) throws FailedException, IOException, InterruptedException;

    /// It cannot be read.
    final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        FailedException(String message) {
            super(message);
        }
    }
}

package io.netsentinel.integrations.listen;

import java.time.Duration;

/// A pause after a failure that may be over soon.
final class Rest {
    private static final Duration TIME = Duration.ofMillis(200);

    private Rest() {}

    static void aWhile() {
        try {
            Thread.sleep(TIME);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.netsentinel.integrations.sink;

import java.util.Locale;

/// Whether the target is believed to be there. Written by the sink's thread, read by any.
public final class Circuit {
    /// From so many failures in a row on it is open.
    static final int FAILURES = 3;

    private volatile int failures;
    private volatile boolean trying;

    /// What is believed of the target.
    public enum State {
        /// It takes what it is sent.
        CLOSED,
        /// It does not; the next attempt comes after a while.
        OPEN,
        /// It did not, and is being tried with a few records.
        HALF_OPEN;

        /// The name used in the interface.
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// An attempt begins.
    void trying() {
        trying = true;
    }

    /// An attempt failed.
    ///
    /// @return whether this opened it
    boolean failed() {
        trying = false;
        int now = failures + 1;
        failures = now;
        return now == FAILURES;
    }

    /// An attempt succeeded.
    ///
    /// @return whether this closed it
    boolean worked() {
        boolean wasOpen = failures >= FAILURES;
        trying = false;
        failures = 0;
        return wasOpen;
    }

    /// Failures in a row.
    int failures() {
        return failures;
    }

    /// What is believed now.
    State state() {
        if (failures < FAILURES) {
            return State.CLOSED;
        }
        return trying ? State.HALF_OPEN : State.OPEN;
    }
}

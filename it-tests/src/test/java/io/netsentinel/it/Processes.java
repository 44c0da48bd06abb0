package io.netsentinel.it;

/// Test processes that run at once: where another one may take the processors, a time that a user
/// would notice is no measure.
final class Processes {
    private static final int OTHERS = 5;

    private Processes() {}

    /// The most milliseconds something may take.
    ///
    /// @param alone when nothing else runs, as in `./test --long` and with `-Dtest.processes=1`
    static long millis(long alone) {
        return Integer.getInteger("test.processes", 1) == 1 ? alone : OTHERS * alone;
    }
}

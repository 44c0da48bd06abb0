package io.netsentinel.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The signals that end the server: the first asks it to finish in peace, the second ends it at
/// once.
///
/// Java tells of a second signal only through `sun.misc.Signal` in the module `jdk.unsupported`. It
/// is called by reflection because the compiler's warning about that class cannot be suppressed.
final class StopSignals {
    private static final System.Logger LOG = System.getLogger(StopSignals.class.getName());
    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    private final CountDownLatch asked = new CountDownLatch(1);

    private StopSignals() {}

    static StopSignals install() {
        StopSignals signals = new StopSignals();
        InvocationHandler arrived =
                (_, method, _) -> {
                    if (method.getName().equals("handle")) {
                        signals.arrived();
                    }
                    return signals;
                };
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy =
                    Proxy.newProxyInstance(
                            StopSignals.class.getClassLoader(), new Class<?>[] {handler}, arrived);
            for (String name : List.of("TERM", "INT", "HUP")) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java has no sun.misc.Signal", e);
        }
        return signals;
    }

    private void arrived() {
        if (asked.getCount() == 0) {
            Runtime.getRuntime().halt(Exit.FAILED.code());
        }
        asked.countDown();
    }

    /// Waits for the first signal. From then on the process has some seconds to end by itself.
    void await() {
        while (true) {
            try {
                asked.await();
                Thread.ofPlatform().daemon().name("stop-deadline").start(StopSignals::endLate);
                return;
            } catch (InterruptedException _) {
                // Nobody ends the server this way.
            }
        }
    }

    private static void endLate() {
        try {
            Thread.sleep(LONGEST_STOP);
        } catch (InterruptedException _) {
            // The same as late.
        }
        LOG.log(
                System.Logger.Level.ERROR,
                "the stop takes longer than {0} s: ended",
                LONGEST_STOP.toSeconds());
        Runtime.getRuntime().halt(Exit.FAILED.code());
    }
}

package io.netsentinel.auth;

import io.netsentinel.queuing.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Tells everybody who holds identities that some have ended.
final class Revocations {
    private static final System.Logger LOG = System.getLogger(Revocations.class.getName());

    private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

    Registration listen(Consumer<Revocation> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Calls every listener on this thread; one that fails does not spare the others.
    void tell(Revocation revocation) {
        for (Consumer<Revocation> listener : listeners) {
            try {
                listener.accept(revocation);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "a listener failed on " + revocation, e);
            }
        }
    }
}

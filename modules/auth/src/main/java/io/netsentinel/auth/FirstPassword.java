package io.netsentinel.auth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The random password of the first administrator and its hash, which is slow to compute on
/// purpose: a first start begins with it, and has it when the rest is there.
public final class FirstPassword {
    private final FutureTask<Made> making;

    record Made(String password, PasswordHash hash) {}

    FirstPassword(AuthSettings settings) {
        making =
                new FutureTask<>(() -> {
                    String password = Secrets.password();
                    return new Made(
                            password, PasswordHasher.hash(password, settings.hashIterations()));
                });
    }

    /// Begins to compute on a thread of its own when nobody has started from the data directory
    /// yet; otherwise it is computed when it turns out to be needed.
    public static FirstPassword ahead(Path dataDirectory, AuthSettings settings) {
        FirstPassword first = new FirstPassword(settings);
        if (Files.notExists(Auth.keys(dataDirectory))) {
            Thread.ofPlatform().daemon().name("first-password").start(first.making);
        }
        return first;
    }

    /// The password, computed now unless that has begun.
    Made get() {
        making.run();
        try {
            return making.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot compute a password hash", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the start", e);
        }
    }
}

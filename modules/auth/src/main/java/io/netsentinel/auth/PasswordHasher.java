package io.netsentinel.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// Computes password hashes on a few threads of its own. A hash is expensive on purpose; without a
/// bound, a flood of sign-ins would take every processor, and virtual threads would take the
/// carriers of everybody else.
final class PasswordHasher implements AutoCloseable {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int QUEUE = 16;

    private final int iterations;
    private final ThreadPoolExecutor threads;
    private final PasswordHash nobody;

    PasswordHasher(int iterations, int threadCount) {
        this.iterations = iterations;
        this.threads =
                new ThreadPoolExecutor(
                        threadCount,
                        threadCount,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(QUEUE),
                        Thread.ofPlatform().daemon().name("password-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
        this.nobody = impossible();
    }

    /// A new hash no password matches.
    PasswordHash impossible() {
        return new PasswordHash(
                iterations, Secrets.bytes(SALT_BYTES), Secrets.bytes(HASH_BITS / 8));
    }

    /// A hash no password matches, which costs as much to find out as any other: what an unknown
    /// user is checked against.
    PasswordHash nobody() {
        return nobody;
    }

    /// Hashes a new password, waiting for its turn. For administration, where a refusal would be
    /// odd.
    PasswordHash hash(String password) {
        return hash(password, iterations);
    }

    static PasswordHash hash(String password, int iterations) {
        byte[] salt = Secrets.bytes(SALT_BYTES);
        return new PasswordHash(iterations, salt, derive(password, salt, iterations));
    }

    /// Whether the password is the one that was hashed; empty when too many are being computed.
    Optional<Boolean> matches(String password, PasswordHash stored) {
        try {
            Callable<Boolean> task =
                    () ->
                            MessageDigest.isEqual(
                                    stored.hash(),
                                    derive(password, stored.salt(), stored.iterations()));
            return Optional.of(threads.submit(task).get());
        } catch (RejectedExecutionException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot compute a password hash", e.getCause());
        }
    }

    /// Whether a hash was made with fewer rounds than are wanted now.
    boolean outdated(PasswordHash stored) {
        return stored.iterations() < iterations;
    }

    private static byte[] derive(String password, byte[] salt, int rounds) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, rounds, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

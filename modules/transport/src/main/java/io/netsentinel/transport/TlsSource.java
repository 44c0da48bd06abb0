package io.netsentinel.transport;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.common.tls.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// TLS from two PEM files, and a third of the authorities that vouch for clients. They are looked
/// at now and then, and new ones are taken without a restart; a pair that does not fit together is
/// not, and the old one stays.
final class TlsSource implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TlsSource.class.getName());

    private final ServerSettings.TlsFiles files;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Tls current;
    private Stamp stamp;

    private record Stamp(Instant certificate, Instant key, Optional<Instant> clients) {}

    /// @throws ServerException when the files cannot be read or do not fit together
    TlsSource(ServerSettings.TlsFiles files) {
        this.files = files;
        this.stamp = stamp(files);
        this.current = load(files);
    }

    Tls current() {
        return current;
    }

    /// Looks at the files again and again, on a thread of its own.
    void watch(Duration pause, Consumer<Tls> changed) {
        Thread.ofPlatform()
                .daemon()
                .name("tls-files")
                .start(() -> {
                    try {
                        while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                            check(changed);
                        }
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void check(Consumer<Tls> changed) {
        try {
            Stamp now = stamp(files);
            if (now.equals(stamp)) {
                return;
            }
            stamp = now;
            Tls fresh = load(files);
            changed.accept(fresh);
            current = fresh;
            LOG.log(System.Logger.Level.INFO, "took the new certificate {0}", files.certificate());
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the changed TLS files are not used: {0}",
                    e.getMessage());
        }
    }

    private static Tls load(ServerSettings.TlsFiles files) {
        List<X509Certificate> chain = Pem.certificates(files.certificate());
        PrivateKey key = Pem.privateKeyOf(chain.getFirst(), files);
        TlsConfig.Builder tls =
                Tls.builder()
                        .privateKey(key)
                        .privateKeyCertChain(chain)
                        .enabledProtocols(List.of("TLSv1.3", "TLSv1.2"));
        // who shows none goes on; who shows one that is not good is refused by the handshake
        files.clients()
                .ifPresent(clients ->
                        tls.trust(Pem.certificates(clients.ca()))
                                .clientAuth(TlsClientAuth.OPTIONAL));
        return tls.build();
    }

    private static Stamp stamp(ServerSettings.TlsFiles files) {
        return new Stamp(
                modified(files.certificate()),
                modified(files.key()),
                files.clients().map(clients -> modified(clients.ca())));
    }

    private static Instant modified(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new ServerException(
                    ServerException.Reason.SETTINGS, "cannot read " + file + ": " + e, e);
        }
    }
}

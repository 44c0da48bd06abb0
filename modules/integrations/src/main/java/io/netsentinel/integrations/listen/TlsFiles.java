package io.netsentinel.integrations.listen;

import io.netsentinel.integrations.ListenSettings;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// A listener's certificate and key. They are read again when the files have changed, so a renewed
/// certificate is used without a restart; files that cannot be used then leave the old one in
/// force.
final class TlsFiles {
    private static final System.Logger LOG = System.getLogger(TlsFiles.class.getName());
    private static final char[] NO_PASSWORD = {};
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final ListenSettings.Tls files;
    private final ReentrantLock lock = new ReentrantLock();
    private SSLContext context;
    private List<FileTime> times;

    /// @throws IOException when a file cannot be used, saying which and why
    TlsFiles(ListenSettings.Tls files) throws IOException {
        this.files = files;
        this.times = times();
        this.context = load();
    }

    /// The server's side of TLS on a connection.
    SSLSocket secure(Socket socket) throws IOException {
        SSLSocket secured =
                (SSLSocket) current().getSocketFactory().createSocket(socket, null, true);
        secured.setUseClientMode(false);
        secured.setEnabledProtocols(VERSIONS);
        secured.setNeedClientAuth(files.clientAuthority().isPresent());
        return secured;
    }

    private SSLContext current() {
        lock.lock();
        try {
            List<FileTime> now = times();
            if (!now.equals(times)) {
                times = now;
                context = load();
            }
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the old certificate stays in force: {0}",
                    e.getMessage());
        } finally {
            lock.unlock();
        }
        return context;
    }

    private List<FileTime> times() throws IOException {
        List<FileTime> found = new ArrayList<>();
        found.add(time(files.certificate()));
        found.add(time(files.key()));
        if (files.clientAuthority().isPresent()) {
            found.add(time(files.clientAuthority().get()));
        }
        return found;
    }

    private static FileTime time(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new IOException("cannot read " + file, e);
        }
    }

    private SSLContext load() throws IOException {
        try {
            List<X509Certificate> chain = Pem.certificates(files.certificate());
            KeyStore keys = empty();
            keys.setKeyEntry(
                    "server",
                    Pem.privateKey(files.key(), chain.getFirst().getPublicKey().getAlgorithm()),
                    NO_PASSWORD,
                    chain.toArray(X509Certificate[]::new));
            KeyManagerFactory own =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys, NO_PASSWORD);
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(own.getKeyManagers(), trust().getTrustManagers(), null);
            return made;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "certificate "
                            + files.certificate()
                            + " and key "
                            + files.key()
                            + " cannot be used together",
                    e);
        }
    }

    /// Nobody is trusted when no client certificate is asked for.
    private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = empty();
        @Nullable Path authority = files.clientAuthority().orElse(null);
        if (authority != null) {
            int number = 0;
            for (X509Certificate certificate : Pem.certificates(authority)) {
                trusted.setCertificateEntry("client-" + number++, certificate);
            }
        }
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}

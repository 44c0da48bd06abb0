package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for this machine's loopback names, made by `openssl`: `chain.pem`, `key.pem`, and
/// both in `both.pem`.
final class Certificates {
    private Certificates() {}

    static void make(Path folder) throws IOException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        "openssl",
                                        "req",
                                        "-x509",
                                        "-newkey",
                                        "ec",
                                        "-pkeyopt",
                                        "ec_paramgen_curve:P-256",
                                        "-nodes",
                                        "-keyout",
                                        "key.pem",
                                        "-out",
                                        "chain.pem",
                                        "-days",
                                        "2",
                                        "-subj",
                                        "/CN=localhost",
                                        "-addext",
                                        "subjectAltName=DNS:localhost,IP:127.0.0.1"))
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("chain.pem"))
                        + Files.readString(folder.resolve("key.pem")));
    }

    /// Trusts that certificate alone.
    static SSLContext trusting(Path folder) {
        try (InputStream in = Files.newInputStream(folder.resolve("chain.pem"))) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

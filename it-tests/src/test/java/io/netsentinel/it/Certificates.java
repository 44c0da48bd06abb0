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
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Certificates made by `openssl`: one for this machine's loopback names, in `chain.pem`, `key.pem`
/// and both in `both.pem`, and any of an authority.
final class Certificates {
    private Certificates() {}

    static void make(Path folder) throws IOException {
        openssl(
                folder,
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out chain.pem -days 2 -subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1");
        Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(folder.resolve("chain.pem"))
                        + Files.readString(folder.resolve("key.pem")));
    }

    /// A certificate and its key, `NAME.crt` and `NAME.key`, of the folder's own authority
    /// `ca.crt`, which is made when there is none.
    static void issue(Path folder, String name) throws IOException {
        if (!Files.exists(folder.resolve("ca.crt"))) {
            openssl(
                    folder,
                    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.crt -days 2 -subj",
                    "/CN=test authority");
        }
        String request = name + ".csr";
        openssl(
                folder,
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "
                        + (name + ".key -out " + request + " -subj"),
                "/CN=" + name);
        openssl(
                folder,
                "x509 -req -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -in "
                        + (request + " -out " + name + ".crt"));
    }

    /// @param words separated by blanks
    /// @param last more words, which may hold blanks
    private static void openssl(Path folder, String words, String... last) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(words.split(" ")));
        command.addAll(List.of(last));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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

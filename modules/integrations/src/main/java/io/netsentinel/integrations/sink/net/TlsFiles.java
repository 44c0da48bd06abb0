package io.netsentinel.integrations.sink.net;

import io.netsentinel.integrations.spi.Options;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Whom a sink believes over TLS, and who it says it is: the options `ca`, `certificate` and `key`.
/// The other side's certificate and name are always checked; there is no switch against it.
///
/// @param ca the only authorities that are believed; without it, those Java knows
/// @param certificate the sink's own certificate chain, with `key`
/// @param key its private key
public record TlsFiles(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    /// What the options say.
    ///
    /// @throws IllegalArgumentException when one is missing or a file cannot be used, naming it
    public static TlsFiles of(Options options) {
        TlsFiles files =
                new TlsFiles(options.path("ca"), options.path("certificate"), options.path("key"));
        if (files.certificate.isPresent() != files.key.isPresent()) {
            throw new IllegalArgumentException(
                    "certificate and key belong together: set both or none");
        }
        try {
            var _ = files.context();
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return files;
    }

    /// The files as they are now.
    ///
    /// @throws IOException naming the file that cannot be used
    public SSLContext context() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private TrustManager[] trust() throws IOException, GeneralSecurityException {
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(ca.isPresent() ? authorities(ca.get()) : null);
        return factory.getTrustManagers();
    }

    private static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate one : certificates("ca", file)) {
            store.setCertificateEntry("ca" + number++, one);
        }
        return store;
    }

    private KeyManager[] keys() throws IOException, GeneralSecurityException {
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore store = empty();
        if (certificate.isPresent() && key.isPresent()) {
            store.setKeyEntry(
                    "own",
                    privateKey(key.get()),
                    new char[0],
                    certificates("certificate", certificate.get()).toArray(Certificate[]::new));
        }
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static List<Certificate> certificates(String option, Path file) throws IOException {
        try {
            List<Certificate> all =
                    List.copyOf(
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificates(
                                            new ByteArrayInputStream(read(option, file))));
            if (!all.isEmpty()) {
                return all;
            }
        } catch (GeneralSecurityException _) {
            // told below, without what the file holds
        }
        throw new IOException(option + ": " + file + " holds no certificate in PEM form");
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        String text = new String(read("key", file), StandardCharsets.ISO_8859_1);
        Matcher matcher = PRIVATE_KEY.matcher(text);
        if (matcher.find()) {
            byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
            for (String algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm)
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
                } catch (InvalidKeySpecException _) {
                    // another algorithm then
                }
            }
        }
        throw new IOException("key: " + file + " holds no unencrypted private key (PEM, PKCS #8)");
    }

    private static byte[] read(String option, Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(option + ": " + file + " cannot be read", e);
        }
    }
}

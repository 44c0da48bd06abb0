package io.netsentinel.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates and private keys from PEM files.
final class Pem {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile(
                    "-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END [A-Z ]*PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private Pem() {}

    /// @throws ServerException naming the file and what is wrong with it
    static List<X509Certificate> certificates(Path file) {
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(read(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) {
                throw wrong(file + " holds no certificate");
            }
            return chain;
        } catch (CertificateException _) {
            throw wrong(file + " is not a PEM file of certificates");
        }
    }

    /// @throws ServerException naming the file and what is wrong with it, never its content
    static PrivateKey privateKey(Path file) {
        Matcher matcher = PRIVATE_KEY.matcher(new String(read(file), StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw wrong(file + " holds no private key in PEM form");
        }
        if (!matcher.group(1).isEmpty()) {
            throw wrong(
                    "%s holds a %skey in another form than PKCS #8: convert it by openssl pkcs8 -topk8 -nocrypt"
                            .formatted(file, matcher.group(1).toLowerCase(java.util.Locale.ROOT)));
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(matcher.group(2));
        } catch (IllegalArgumentException _) {
            throw wrong("the private key in " + file + " is damaged");
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException _) {
                // a key of another kind
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has " + algorithm, e);
            }
        }
        throw wrong("the private key in " + file + " is neither RSA, EC nor EdDSA");
    }

    /// The private key of a certificate.
    ///
    /// @throws ServerException when it is not there, or not that of the certificate
    static PrivateKey privateKeyOf(X509Certificate certificate, ServerSettings.TlsFiles files) {
        PrivateKey key = privateKey(files.key());
        if (!belongTogether(certificate, key)) {
            throw wrong("the key " + files.key() + " is not that of " + files.certificate());
        }
        return key;
    }

    /// Whether the certificate is for this key, found out by signing.
    static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "EdDSA";
                };
        byte[] probe = "probe".getBytes(StandardCharsets.UTF_8);
        try {
            java.security.Signature signature = java.security.Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ServerException(
                    ServerException.Reason.SETTINGS, "cannot read " + file + ": " + e, e);
        }
    }

    private static ServerException wrong(String message) {
        return new ServerException(ServerException.Reason.SETTINGS, message);
    }
}

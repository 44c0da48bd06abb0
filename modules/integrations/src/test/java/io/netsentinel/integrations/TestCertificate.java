package io.netsentinel.integrations;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/// A certificate that nobody knows, and its key, made by the JDK's `keytool`.
///
/// @param certificate `NAME.crt`, PEM
/// @param key `NAME.key`, PEM
/// @param store both, under the name as alias; its password is [#password()]
public record TestCertificate(Path certificate, Path key, KeyStore store) {
    private static final String PASSWORD = "changeit";

    /// The password of every store.
    public static char[] password() {
        return PASSWORD.toCharArray();
    }

    /// Makes `NAME.crt` and `NAME.key` in a folder.
    ///
    /// @param alternative whom it is for, such as `ip:127.0.0.1`
    public static TestCertificate make(Path folder, String name, String alternative) {
        try {
            Path store = folder.resolve(name + ".p12");
            keytool(store, name, alternative);
            KeyStore keys = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(store)) {
                keys.load(in, password());
            }
            return new TestCertificate(
                    pem(
                            folder.resolve(name + ".crt"),
                            "CERTIFICATE",
                            keys.getCertificate(name).getEncoded()),
                    pem(
                            folder.resolve(name + ".key"),
                            "PRIVATE KEY",
                            keys.getKey(name, password()).getEncoded()),
                    keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void keytool(Path store, String name, String alternative) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=" + alternative,
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
        if (!Files.exists(store)) {
            throw new IllegalStateException(said);
        }
    }

    private static Path pem(Path file, String kind, byte[] bytes) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(
                                kind,
                                Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                                        .encodeToString(bytes),
                                kind));
    }
}

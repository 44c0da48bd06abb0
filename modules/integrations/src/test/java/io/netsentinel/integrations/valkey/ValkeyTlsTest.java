package io.netsentinel.integrations.valkey;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.spi.Options;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

@EnabledIf(value = ValkeyServer.INSTALLED, disabledReason = ValkeyServer.MISSING)
class ValkeyTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private Path folder;
    @TempDir private Path temporary;
    private int tlsPort;

    /// A certificate for 127.0.0.1 that nobody knows, and its key.
    @BeforeEach
    void makeCertificate() throws Exception {
        Path store = folder.resolve("server.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=server",
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.out").toFile())
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        pem("server.crt", "CERTIFICATE", keys.getCertificate("server").getEncoded());
        pem("server.key", "PRIVATE KEY", keys.getKey("server", PASSWORD).getEncoded());
        tlsPort = ValkeyServer.freePort();
    }

    private void pem(String file, String kind, byte[] bytes) throws Exception {
        Files.writeString(
                folder.resolve(file),
                "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                        .formatted(
                                kind,
                                Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                                        .encodeToString(bytes),
                                kind));
    }

    private ValkeyServer server() {
        return ValkeyServer.start(
                folder,
                List.of(
                        "--tls-port",
                        Integer.toString(tlsPort),
                        "--tls-cert-file",
                        folder.resolve("server.crt").toString(),
                        "--tls-key-file",
                        folder.resolve("server.key").toString(),
                        "--tls-auth-clients",
                        "no"));
    }

    private Options options(String host, Map<String, Object> more) {
        return new Options(
                        "lab",
                        Map.of("url", "rediss://" + host + ":" + tlsPort, "list", "suricata"))
                .with(new Options("lab", more));
    }

    @Test
    void aCertificateOfTheGivenAuthorityIsBelieved() {
        try (ValkeyServer server = server();
                Lab lab = new Lab(temporary, "none");
                Jedis client = server.client()) {
            client.lpush("suricata", Lab.line(0));
            lab.start(
                            new ValkeySourceFactory()
                                    .create(
                                            options(
                                                    "127.0.0.1",
                                                    Map.of("ca", folder.resolve("server.crt")))))
                    .expect(0, 1);
        }
    }

    @Test
    void anUnknownCertificateAndAnotherNameAreRefused() {
        try (ValkeyServer _ = server();
                Lab lab = new Lab(temporary, "none")) {
            lab.start(new ValkeySourceFactory().create(options("127.0.0.1", Map.of())));
            lab.await(() -> lab.status().lastError().contains("certification path"));
            lab.stop();
            lab.start(
                    new ValkeySourceFactory()
                            .create(
                                    options(
                                            "localhost",
                                            Map.of("ca", folder.resolve("server.crt")))));
            lab.await(() -> lab.status().lastError().contains("localhost"));
            assertThat(lab.status().lastError()).contains("No name matching");
        }
    }
}

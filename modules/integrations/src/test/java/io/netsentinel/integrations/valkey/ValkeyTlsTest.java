package io.netsentinel.integrations.valkey;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.TestCertificate;
import io.netsentinel.integrations.spi.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

@EnabledIf(value = ValkeyServer.INSTALLED, disabledReason = ValkeyServer.MISSING)
class ValkeyTlsTest {
    @TempDir private Path folder;
    @TempDir private Path temporary;
    private TestCertificate certificate;
    private int tlsPort;

    @BeforeEach
    void makeCertificate() {
        certificate = TestCertificate.make(folder, "server", "ip:127.0.0.1");
        tlsPort = ValkeyServer.freePort();
    }

    private ValkeyServer server() {
        return ValkeyServer.start(
                folder,
                List.of(
                        "--tls-port",
                        Integer.toString(tlsPort),
                        "--tls-cert-file",
                        certificate.certificate().toString(),
                        "--tls-key-file",
                        certificate.key().toString(),
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
                                                    Map.of("ca", certificate.certificate()))))
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
                            .create(options("localhost", Map.of("ca", certificate.certificate()))));
            lab.await(() -> lab.status().lastError().contains("localhost"));
            assertThat(lab.status().lastError()).contains("No name matching");
        }
    }
}

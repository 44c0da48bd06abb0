package io.netsentinel.integrations.sink.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.integrations.TestCertificate;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Syslog over TLS, with certificates the JDK's `keytool` makes.
final class TlsSyslogSinkTest extends SinkContract.Connected {
    @TempDir private static Path folder;
    private static KeyStore keys;

    private final SyslogReceiver receiver;

    TlsSyslogSinkTest() throws GeneralSecurityException {
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, TestCertificate.password());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        receiver = new SyslogReceiver(() -> context.getServerSocketFactory().createServerSocket());
    }

    @BeforeAll
    static void certificates() {
        keys = TestCertificate.make(folder, "server", "dns:localhost").store();
        TestCertificate.make(folder, "other", "dns:localhost");
    }

    @AfterEach
    void away() {
        receiver.close();
    }

    @Override
    Receiver receiver() {
        return receiver;
    }

    private Sink sink(String host, String ca) {
        return new SyslogSinkFactory()
                .create(
                        new Options(
                                "lab",
                                Map.of(
                                        "url",
                                        "tls://" + host + ":" + receiver.port(),
                                        "ca",
                                        folder.resolve(ca))));
    }

    @Override
    protected Sink sink() {
        return sink("localhost", "server.crt");
    }

    @Override
    protected List<Long> got() {
        return receiver.messages.stream().map(SinkContract::offset).toList();
    }

    @Test
    void aCertificateOfSomebodyElseIsNotBelieved() {
        try (Sink sink = sink("localhost", "other.crt")) {
            assertThatThrownBy(() -> sink.deliver(records(1, 1))).isInstanceOf(SSLException.class);
            assertThat(receiver.messages).isEmpty();
        }
    }

    @Test
    void aCertificateOfAnotherNameIsNotBelieved() {
        try (Sink sink = sink("127.0.0.1", "server.crt")) {
            assertThatThrownBy(() -> sink.deliver(records(1, 1))).isInstanceOf(SSLException.class);
            assertThat(receiver.messages).isEmpty();
        }
    }

    @Test
    void filesThatAreNoneAreNamed() throws IOException {
        Files.writeString(folder.resolve("empty.pem"), "nothing");
        assertThatThrownBy(() -> sink("localhost", "empty.pem"))
                .hasMessageStartingWith("ca: ")
                .hasMessageContaining("holds no certificate");
        assertThatThrownBy(() -> sink("localhost", "missing.pem"))
                .hasMessageContaining("missing.pem cannot be read");
        Map<String, Object> half =
                Map.of("url", "tls://localhost:1", "certificate", folder.resolve("other.crt"));
        assertThatThrownBy(() -> new SyslogSinkFactory().create(new Options("l", half)))
                .hasMessage("certificate and key belong together: set both or none");
        Map<String, Object> whole =
                Map.of(
                        "url", "tls://localhost:1",
                        "certificate", folder.resolve("other.crt"),
                        "key", folder.resolve("other.key"));
        new SyslogSinkFactory().create(new Options("l", whole)).close();
    }
}

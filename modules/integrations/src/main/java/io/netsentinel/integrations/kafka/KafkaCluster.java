package io.netsentinel.integrations.kafka;

import io.netsentinel.integrations.sink.net.TlsFiles;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Kafka brokers, and who this server is there.
///
/// @param servers some of them, `HOST:PORT`; they name the others
/// @param tls whether they are spoken to over TLS
/// @param mechanism how the user proves who he is
record KafkaCluster(
        List<String> servers,
        boolean tls,
        String mechanism,
        Optional<String> username,
        Optional<String> password,
        TlsFiles files) {
    private static final List<String> MECHANISMS =
            List.of("scram-sha-512", "scram-sha-256", "plain");

    /// Its warnings come every second while a broker is away, and at each start it writes down all
    /// of its settings. What matters is in the status.
    private static final Logger LIBRARY = Logger.getLogger("org.apache.kafka");

    KafkaCluster {
        servers = List.copyOf(servers);
    }

    static List<Option> options() {
        return List.of(
                Option.texts(
                        "servers",
                        "kafka1.example.org:9092, kafka2.example.org:9092",
                        "Some of the brokers, `HOST:PORT`; they name the others."),
                Option.flag(
                        "tls",
                        "true",
                        "Whether the brokers are spoken to over TLS (default false). Their certificates"
                                + " and names are checked."),
                Option.file(
                        "ca",
                        "/etc/netsentinel/siem-ca.pem",
                        "The only certificate authorities (PEM) the target's certificate may come from."
                                + " Without it, those Java knows."),
                Option.file(
                        "certificate",
                        "/etc/netsentinel/client.pem",
                        "The own certificate chain (PEM), for targets that ask for one."),
                Option.file(
                        "key",
                        "/etc/netsentinel/client-key.pem",
                        "Its unencrypted private key (PEM, PKCS #8)."),
                Option.text("username", "netsentinel", "The user, with `password`."),
                Option.secret("password", "correct-horse-battery", "The user's password."),
                Option.choice(
                        "mechanism",
                        MECHANISMS,
                        "How the user signs in: `scram-sha-512` (the default), `scram-sha-256` or"
                                + " `plain`, which only TLS keeps secret."));
    }

    /// What the options say.
    ///
    /// @throws IllegalArgumentException when one is wrong, naming it
    static KafkaCluster of(Options options) {
        List<String> servers = options.texts("servers");
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("servers is missing");
        }
        for (String server : servers) {
            if (!server.matches("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):[0-9]{1,5}")) {
                throw new IllegalArgumentException(
                        "servers: expected HOST:PORT, found \"" + server + "\"");
            }
        }
        boolean tls = options.flag("tls", false);
        TlsFiles files = TlsFiles.of(options);
        if (!tls && (files.ca().isPresent() || files.certificate().isPresent())) {
            throw new IllegalArgumentException("tls: must be true for ca, certificate and key");
        }
        Optional<String> username = options.text("username");
        Optional<String> password = options.text("password");
        if (username.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException(
                    "username and password belong together: set both or none");
        }
        return new KafkaCluster(
                servers,
                tls,
                options.text("mechanism").orElse(MECHANISMS.getFirst()),
                username,
                password,
                files);
    }

    /// For people.
    String text() {
        return String.join(",", servers);
    }

    /// Settings of every client. The files are read each time.
    ///
    /// @throws IOException when one cannot be read
    Map<String, Object> properties() throws IOException {
        if (LIBRARY.getLevel() == null) {
            LIBRARY.setLevel(Level.SEVERE);
        }
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", servers);
        properties.put("client.id", "netsentinel");
        properties.put("client.dns.lookup", "use_all_dns_ips");
        properties.put("metric.reporters", List.of());
        properties.put("enable.metrics.push", false);
        properties.put("reconnect.backoff.max.ms", 5_000);
        properties.put("socket.connection.setup.timeout.ms", 5_000L);
        properties.put("security.protocol", (username.isPresent() ? "SASL_" : "") + plainOrTls());
        if (tls) {
            addTls(properties);
        }
        username.ifPresent(user -> addSignIn(properties, user, password.orElse("")));
        return properties;
    }

    private String plainOrTls() {
        return tls ? "SSL" : "PLAINTEXT";
    }

    private void addTls(Map<String, Object> properties) throws IOException {
        if (files.ca().isPresent()) {
            properties.put("ssl.truststore.type", "PEM");
            properties.put("ssl.truststore.certificates", read(files.ca().get()));
        }
        if (files.certificate().isPresent() && files.key().isPresent()) {
            properties.put("ssl.keystore.type", "PEM");
            properties.put("ssl.keystore.certificate.chain", read(files.certificate().get()));
            properties.put("ssl.keystore.key", read(files.key().get()));
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read", e);
        }
    }

    private void addSignIn(Map<String, Object> properties, String user, String secret) {
        String module =
                mechanism.equals("plain")
                        ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                        : "org.apache.kafka.common.security.scram.ScramLoginModule";
        properties.put("sasl.mechanism", mechanism.toUpperCase(Locale.ROOT));
        properties.put(
                "sasl.jaas.config",
                module
                        + " required username="
                        + quoted(user)
                        + " password="
                        + quoted(secret)
                        + ";");
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// No secret: a record would show all.
    @Override
    public String toString() {
        return "KafkaCluster[" + text() + "]";
    }

    /// A failure in words: those of its cause, which says more.
    static String words(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
    }
}

package io.netsentinel.integrations.kafka;

import io.netsentinel.integrations.TestCertificate;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A real broker as a process of its own, on loopback. It starts in about five seconds.
final class KafkaBroker implements AutoCloseable {
    private static final String CLUSTER = "4L6g3nShT-eMCtK--X86sw";
    private static final long PATIENCE = Duration.ofSeconds(60).toNanos();

    private final Path folder;
    private final int port = freePort();
    private final int secure = freePort();
    private final int controller = freePort();
    private final TestCertificate certificate;
    private Process process;

    private KafkaBroker(Path folder) {
        this.folder = folder;
        this.certificate = TestCertificate.make(folder, "broker", "ip:127.0.0.1");
        try {
            Files.writeString(folder.resolve("server.properties"), settings());
            Process format =
                    program(
                            "kafka.tools.StorageTool",
                            "format",
                            "-t",
                            CLUSTER,
                            "-c",
                            folder.resolve("server.properties").toString());
            if (format.waitFor() != 0) {
                throw new IllegalStateException(log());
            }
            this.process = start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static KafkaBroker start(Path folder) {
        return new KafkaBroker(folder);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The certificate of its listener with TLS; who connects there shows the same one.
    TestCertificate certificate() {
        return certificate;
    }

    private String settings() throws IOException {
        return Map.ofEntries(
                        Map.entry("process.roles", "broker,controller"),
                        Map.entry("node.id", "1"),
                        Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controller),
                        Map.entry(
                                "listeners",
                                "PLAINTEXT://127.0.0.1:%d,SSL://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                        .formatted(port, secure, controller)),
                        Map.entry(
                                "advertised.listeners",
                                "PLAINTEXT://127.0.0.1:%d,SSL://127.0.0.1:%d"
                                        .formatted(port, secure)),
                        Map.entry(
                                "listener.security.protocol.map",
                                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL"),
                        Map.entry("ssl.client.auth", "required"),
                        Map.entry("ssl.keystore.type", "PEM"),
                        Map.entry(
                                "ssl.keystore.certificate.chain", line(certificate.certificate())),
                        Map.entry("ssl.keystore.key", line(certificate.key())),
                        Map.entry("ssl.truststore.type", "PEM"),
                        Map.entry("ssl.truststore.certificates", line(certificate.certificate())),
                        Map.entry("controller.listener.names", "CONTROLLER"),
                        Map.entry("log.dirs", folder.resolve("data").toString()),
                        Map.entry("offsets.topic.replication.factor", "1"),
                        Map.entry("offsets.topic.num.partitions", "1"),
                        Map.entry("transaction.state.log.replication.factor", "1"),
                        Map.entry("transaction.state.log.min.isr", "1"),
                        // it is missed soon when it was killed, and may come back soon
                        Map.entry("broker.session.timeout.ms", "1500"),
                        Map.entry("broker.heartbeat.interval.ms", "300"),
                        Map.entry("group.initial.rebalance.delay.ms", "0"),
                        Map.entry("auto.create.topics.enable", "false"))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /// A file as the value of a property.
    private static String line(Path file) throws IOException {
        return Files.readString(file).replace("\n", "\\n");
    }

    private Process program(String main, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                everything(),
                                main));
        command.addAll(List.of(words));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    /// In tests of a module its jars stand on two paths.
    private static String everything() {
        return System.getProperty("java.class.path", "")
                + File.pathSeparator
                + System.getProperty("jdk.module.path", "");
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private Process start() throws IOException {
        Process started = program("kafka.Kafka", folder.resolve("server.properties").toString());
        long deadline = System.nanoTime() + PATIENCE;
        while (true) {
            try (Admin admin = admin()) {
                admin.describeCluster().nodes().get(2, TimeUnit.SECONDS);
                return started;
            } catch (ExecutionException | TimeoutException e) {
                if (!started.isAlive() || System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("it does not start: " + log(), e);
                }
                LockSupport.parkNanos(50_000_000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    String servers() {
        return "127.0.0.1:" + port;
    }

    /// Where TLS is spoken.
    String secureServers() {
        return "127.0.0.1:" + secure;
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", servers()));
    }

    void topic(String name, int partitions) {
        ask(admin ->
                admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get());
    }

    void delete(String name) {
        ask(admin -> admin.deleteTopics(List.of(name)).all().get());
    }

    /// Deletes what stands before an offset.
    void truncate(String topic, long offset) {
        ask(admin ->
                admin.deleteRecords(
                                Map.of(
                                        new TopicPartition(topic, 0),
                                        RecordsToDelete.beforeOffset(offset)))
                        .all()
                        .get());
    }

    private interface Question {
        void ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    private void ask(Question question) {
        try (Admin admin = admin()) {
            question.ask(admin);
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(List<ProducerRecord<byte[], byte[]>> messages) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", servers(), "compression.type", "zstd");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> message : messages) {
                var _ = producer.send(message);
            }
            producer.flush();
        }
    }

    void away() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void back() {
        try {
            process = start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

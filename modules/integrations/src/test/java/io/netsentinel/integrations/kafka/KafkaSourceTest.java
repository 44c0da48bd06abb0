package io.netsentinel.integrations.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.BrokerContract;
import io.netsentinel.integrations.Lab;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSourceTest extends BrokerContract {
    @TempDir private static Path folder;
    private static KafkaBroker broker;
    private static int number;

    private String topic = "";

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start(folder);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void makeTopic() {
        topic = "sensor-" + number++;
        broker.topic(topic, 1);
    }

    @Override
    protected Source source() {
        return source(Map.of());
    }

    private Source source(Map<String, Object> more) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("servers", List.of(broker.servers()));
        options.put("topics", List.of(topic));
        options.put("max-line", 64L << 10);
        options.putAll(more);
        return new KafkaSourceFactory().create(new Options("lab", options));
    }

    @Override
    protected void push(List<byte[]> lines) {
        broker.send(
                lines.stream()
                        .map(line -> new ProducerRecord<byte[], byte[]>(topic, line))
                        .toList());
    }

    @Override
    protected void away() {
        broker.away();
    }

    @Override
    protected void back() {
        broker.back();
    }

    @Test
    void overTlsBothSidesShowACertificateAndAnUnknownOneIsRefused() {
        push(0, 5);
        Map<String, Object> secure =
                Map.of(
                        "servers",
                        List.of(broker.secureServers()),
                        "tls",
                        true,
                        "ca",
                        broker.certificate().certificate(),
                        "certificate",
                        broker.certificate().certificate(),
                        "key",
                        broker.certificate().key());
        lab().start(source(secure)).expect(0, 5);
        lab().stop();
        Map<String, Object> unknown = new LinkedHashMap<>(secure);
        unknown.remove("ca");
        lab().start(source(unknown));
        lab().await(() -> lab().status().lastError().contains("certification path"));
    }

    @Test
    void severalTopicsAndAllOfTheirPartitionsAreRead() {
        String other = "more-" + number++;
        broker.topic(other, 3);
        push(0, 10);
        for (int i = 10; i < 40; i++) {
            broker.send(
                    List.of(new ProducerRecord<>(other, i % 3, null, Lab.line(i).getBytes(UTF_8))));
        }
        lab().start(source(Map.of("topics", List.of(topic, other))));
        lab().await(() -> lab().numbers().size() == 40);
        assertThat(lab().numbers()).containsExactlyInAnyOrderElementsOf(Lab.range(0, 40));
    }

    @Test
    void aTopicThatIsNotThereYetIsSaidAndReadWhenItComes() {
        lab().start(source(Map.of("topics", List.of(topic, topic + "-late"))));
        push(0, 5);
        lab().expect(0, 5);
        lab().await(() -> lab().status().lastError().contains(topic + "-late"));
        broker.topic(topic + "-late", 1);
        lab().await(() -> lab().status().lastError().isEmpty());
    }

    @Test
    void messagesDeletedBeforeTheyWereReadAreToldWithTheirNumber() {
        push(0, 10);
        lab().start(source()).expect(0, 10);
        lab().stop();
        push(10, 30);
        broker.truncate(topic, 25);
        lab().start(source());
        lab().await(() -> lab().numbers().contains(29L));
        assertThat(lab().numbers()).hasSize(15);
        assertThat(lab().events(Channel.SYSTEM)).hasSize(1);
        assertThat(lab().events(Channel.SYSTEM).getFirst().number("ns.gap.count", 0)).isEqualTo(15);
        assertThat(lab().status().missed()).isEqualTo(15);
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginning() {
        push(0, 10);
        lab().start(source()).expect(0, 10);
        lab().stop();
        broker.delete(topic);
        lab().await(() -> made(topic));
        push(10, 13);
        lab().start(source()).expect(0, 13);
        assertThat(lab().events(Channel.SYSTEM).getFirst().text(Fields.MESSAGE))
                .contains("made anew");
    }

    /// It takes a moment until its name is free.
    private static boolean made(String name) {
        try {
            broker.topic(name, 1);
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    @Test
    void aGroupIsShownWhatIsCommitted() {
        push(0, 10);
        lab().start(source(Map.of("group", "netsentinel"))).expect(0, 10);
        try (Admin admin = broker.admin()) {
            TopicPartition partition = new TopicPartition(topic, 0);
            lab().await(() -> shown(admin, partition) == 10);
        }
    }

    private static long shown(Admin admin, TopicPartition partition) {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets("netsentinel")
                            .partitionsToOffsetAndMetadata()
                            .get();
            return offsets.containsKey(partition) ? offsets.get(partition).offset() : -1;
        } catch (ExecutionException | InterruptedException _) {
            return -1;
        }
    }

    @Test
    void aNewSourceMayBeginWithWhatComes() {
        push(0, 10);
        lab().start(source(Map.of("start", "end")));
        lab().await(() -> lab().log().bookmark("kafka/lab/").isPresent());
        push(10, 12);
        lab().await(() -> lab().numbers().size() == 2);
        assertThat(lab().numbers()).isEqualTo(Lab.range(10, 12));
        lab().stop();
        push(12, 13);
        lab().start(source(Map.of("start", "end")));
        lab().await(() -> lab().numbers().size() == 3);
    }
}

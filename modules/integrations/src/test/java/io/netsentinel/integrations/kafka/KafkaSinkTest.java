package io.netsentinel.integrations.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.integrations.sink.kind.SinkContract;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSinkTest extends SinkContract {
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
        topic = "siem-" + number++;
        broker.topic(topic + ".alerts", 1);
    }

    @Override
    protected Sink sink() {
        return sink(Map.of());
    }

    private Sink sink(Map<String, Object> more) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("servers", List.of(broker.servers()));
        options.put("topic", topic + ".{channel}");
        options.put("timeout", Duration.ofSeconds(6));
        options.put("node", "me");
        options.putAll(more);
        return new KafkaSinkFactory().create(new Options("lab", options));
    }

    @Override
    protected List<Long> got() {
        return messages().stream().map(one -> offset(new String(one.value(), UTF_8))).toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> messages() {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic + ".alerts", 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", broker.servers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    private static String header(ConsumerRecord<byte[], byte[]> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void aMessageHasTheEventsIdAndItsPlace() throws IOException {
        try (Sink sink = sink(Map.of("compression", "lz4"))) {
            assertThat(sink.deliver(records(7, 7))).isEqualTo(Delivery.ALL);
        }
        ConsumerRecord<byte[], byte[]> message = messages().getFirst();
        assertThat(new String(message.key(), UTF_8)).isEqualTo("id7");
        assertThat(header(message, "ns-channel")).isEqualTo("alerts");
        assertThat(header(message, "ns-epoch")).isEqualTo("abcdefgh");
        assertThat(header(message, "ns-offset")).isEqualTo("7");
        assertThat(header(message, "ns-origin")).isEqualTo("me");
    }

    @Test
    void brokersThatAreAwayAreReachedAgainWhenTheyAreBack() throws IOException {
        try (Sink sink = sink()) {
            sink.deliver(records(1, 2));
            broker.away();
            assertThat(failed(sink, records(3, 4))).isTrue();
            broker.back();
            await("it gets through", () -> !failed(sink, records(3, 4)));
            assertThat(got()).startsWith(1L, 2L).endsWith(3L, 4L);
        }
    }

    @Test
    void aThreadThatIsInterruptedEnds() throws InterruptedException {
        broker.away();
        try (Sink sink = sink(Map.of("timeout", Duration.ofMinutes(5)))) {
            Thread thread = Thread.ofVirtual().start(() -> failed(sink, records(1, 2)));
            await("it waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
            thread.interrupt();
            assertThat(thread.join(Duration.ofSeconds(10))).isTrue();
        } finally {
            broker.back();
        }
    }
}

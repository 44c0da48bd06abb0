package io.netsentinel.integrations.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.integrations.Missed;
import io.netsentinel.integrations.Reading;
import io.netsentinel.integrations.bus.BusFields;
import io.netsentinel.integrations.bus.Inlet;
import io.netsentinel.integrations.spi.Intake;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// One life of a source's connection: reads partitions until something breaks. The brokers are
/// asked for the topics' partitions now and then, which also shows whether they are there.
final class KafkaFollower implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration QUICK = Duration.ofSeconds(2);
    private static final long LOOK_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_RECORDS = 1_000;
    private static final int MOST_BYTES = 8 << 20;

    private final String source;
    private final KafkaSource.Part part;
    private final Inlet inlet;
    private final KafkaMarks marks;
    private final Intake intake;
    private final Reading reading;
    private final KafkaTopics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, String> ids = new HashMap<>();
    private Map<TopicPartition, OffsetAndMetadata> handedOver = Map.of();
    private long looked;

    /// Where the messages go, and who is told how it goes.
    record To(Intake intake, Reading reading) {}

    KafkaFollower(String source, KafkaSource.Part part, Inlet inlet, KafkaMarks marks, To to)
            throws IOException {
        this.source = source;
        this.part = part;
        this.inlet = inlet;
        this.marks = marks;
        this.intake = to.intake();
        this.reading = to.reading();
        Map<String, Object> properties = part.cluster().properties();
        this.topics = new KafkaTopics(properties);
        part.group().ifPresent(group -> properties.put("group.id", group));
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "none");
        properties.put("isolation.level", "read_committed");
        properties.put("max.poll.records", MOST_RECORDS);
        properties.put("fetch.max.bytes", MOST_BYTES);
        properties.put("default.api.timeout.ms", 5_000);
        properties.put("request.timeout.ms", 5_000);
        try {
            this.consumer =
                    new KafkaConsumer<>(
                            properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (RuntimeException e) {
            topics.close();
            throw e;
        }
    }

    /// Reads until the source is to end.
    ///
    /// @param reached called when the brokers answer
    void run(Runnable reached) {
        looked = System.nanoTime() - LOOK_NANOS;
        while (!intake.stopping()) {
            if (System.nanoTime() - looked >= LOOK_NANOS) {
                look();
                reached.run();
                looked = System.nanoTime();
            }
            if (!step()) {
                return;
            }
        }
    }

    /// @return false when it is over
    private boolean step() {
        if (consumer.assignment().isEmpty()) {
            intake.pause(WAIT);
            return true;
        }
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(WAIT);
        } catch (OffsetOutOfRangeException e) {
            e.offsetOutOfRangePartitions().forEach(this::outOfRange);
            return commit(Map.of());
        }
        records.forEach(this::take);
        Map<TopicPartition, OffsetAndMetadata> next = records.nextOffsets();
        next.forEach((partition, offset) ->
                marks.put(
                        partition,
                        new KafkaMarks.Mark(
                                ids.getOrDefault(partition.topic(), ""), offset.offset())));
        lag();
        if (intake.pending() == 0 && !marks.changed()) {
            return settled();
        }
        return commit(next);
    }

    private boolean settled() {
        if (!intake.settle()) {
            return false;
        }
        show(Map.of());
        return true;
    }

    private boolean commit(Map<TopicPartition, OffsetAndMetadata> next) {
        if (!intake.commit(marks.changes())) {
            return false;
        }
        show(next);
        return true;
    }

    /// Shows the group what is committed by now: everything before what was just handed over.
    private void show(Map<TopicPartition, OffsetAndMetadata> next) {
        if (part.group().isPresent() && !handedOver.isEmpty()) {
            // it is only shown there: the next one tells more
            consumer.commitAsync(handedOver, (_, _) -> {});
        }
        handedOver = next;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        byte[] body = record.value();
        if (body == null) {
            return;
        }
        reading.read(body.length);
        inlet.take(
                intake,
                new Inlet.Message(
                        body,
                        header(record, BusFields.ORIGIN_HEADER),
                        header(record, BusFields.CHANNEL_HEADER),
                        record.offset(),
                        "topic " + record.topic() + " partition " + record.partition()));
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }

    private void lag() {
        long waiting = 0;
        for (TopicPartition partition : consumer.assignment()) {
            waiting += consumer.currentLag(partition).orElse(0);
        }
        reading.waiting(waiting);
    }

    /// Asks for the topics' partitions and takes on those that are new.
    private void look() {
        Map<String, KafkaTopics.Topic> found = topics.describe(part.topics(), intake::stopping);
        if (found.isEmpty() && intake.stopping()) {
            return;
        }
        Set<TopicPartition> all = new HashSet<>(consumer.assignment());
        Map<TopicPartition, String> fresh = new HashMap<>();
        found.forEach((name, topic) -> {
            boolean same = topic.id().equals(ids.put(name, topic.id()));
            for (int i = 0; i < topic.partitions(); i++) {
                TopicPartition partition = new TopicPartition(name, i);
                if (all.add(partition) || !same) {
                    fresh.put(partition, topic.id());
                }
            }
        });
        if (!fresh.isEmpty()) {
            consumer.assign(all);
            fresh.forEach(this::begin);
        }
        reading.connected(true);
        Set<String> missing = new TreeSet<>(part.topics());
        missing.removeAll(found.keySet());
        intake.problem(
                missing.isEmpty()
                        ? ""
                        : "there is no topic " + String.join(", ", missing) + " (yet)");
    }

    private void begin(TopicPartition partition, String topic) {
        Optional<KafkaMarks.Mark> mark = marks.get(partition);
        if (mark.isPresent() && mark.get().topic().equals(topic)) {
            consumer.seek(partition, mark.get().offset());
            return;
        }
        boolean end = mark.isEmpty() && part.fromEnd() && marks.firstStart();
        move(partition, end ? end(partition) : beginning(partition));
        if (mark.isPresent()) {
            Missed.tell(
                    intake,
                    source,
                    OptionalLong.empty(),
                    partition + ": the topic was made anew; messages of the old one may be lost");
        }
    }

    private void move(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
        marks.put(partition, new KafkaMarks.Mark(ids.getOrDefault(partition.topic(), ""), offset));
    }

    private void outOfRange(TopicPartition partition, long offset) {
        long begin = beginning(partition);
        if (offset < begin) {
            move(partition, begin);
            Missed.tell(
                    intake,
                    source,
                    OptionalLong.of(begin - offset),
                    "%s: %d messages were deleted before they could be read"
                            .formatted(partition, begin - offset));
        } else {
            move(partition, end(partition));
            Missed.tell(
                    intake,
                    source,
                    OptionalLong.empty(),
                    partition + ": the brokers went back to an older state; messages may be lost");
        }
    }

    private long beginning(TopicPartition partition) {
        return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    private long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    @Override
    public void close() {
        topics.close();
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(QUICK));
    }
}

package io.netsentinel.integrations.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.integrations.bus.BusFields;
import io.netsentinel.integrations.bus.Outlet;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Sends to a topic. A batch counts when all replicas that must have it have it; the producer
/// numbers its messages, so what it sends again by itself arrives once and in order. One that
/// failed is given up: its numbers are not to be trusted any more.
final class KafkaSink implements Sink {
    private final KafkaCluster cluster;
    private final String topic;
    private final String compression;
    private final Duration timeout;
    private final Outlet outlet;
    private Optional<KafkaProducer<byte[], byte[]>> open = Optional.empty();

    KafkaSink(
            KafkaCluster cluster,
            String topic,
            String compression,
            Duration timeout,
            Outlet outlet) {
        this.cluster = cluster;
        this.topic = topic;
        this.compression = compression;
        this.timeout = timeout;
        this.outlet = outlet;
    }

    /// A message on its way.
    ///
    /// @param index its record's place in the batch
    private record Sent(int index, Future<RecordMetadata> answer) {}

    @Override
    public String target() {
        return cluster.text() + " topic " + topic;
    }

    @Override
    public Delivery deliver(List<SinkRecord> batch) throws IOException {
        try {
            KafkaProducer<byte[], byte[]> producer = producer();
            Map<Integer, String> refused = new HashMap<>();
            List<Sent> sent = new ArrayList<>(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                Optional<ProducerRecord<byte[], byte[]>> message = message(batch.get(i));
                if (message.isPresent()) {
                    sent.add(new Sent(i, producer.send(message.get())));
                }
            }
            producer.flush();
            for (Sent one : sent) {
                await(one, refused);
            }
            return refused.isEmpty()
                    ? Delivery.ALL
                    : new Delivery.Partly(refused, Set.of(), "", Duration.ZERO);
        } catch (InterruptException e) {
            abandon();
            throw interrupted(e);
        } catch (KafkaException e) {
            abandon();
            throw new IOException(KafkaCluster.words(e), e);
        }
    }

    private static void await(Sent sent, Map<Integer, String> refused) throws IOException {
        try {
            sent.answer().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RecordTooLargeException) {
                refused.put(sent.index(), "larger than the topic takes");
                return;
            }
            throw new KafkaException(KafkaCluster.words(e), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptException(e);
        }
    }

    private static IOException interrupted(Exception cause) {
        InterruptedIOException failure = new InterruptedIOException("interrupted");
        failure.initCause(cause);
        return failure;
    }

    private KafkaProducer<byte[], byte[]> producer() throws IOException {
        if (open.isPresent()) {
            return open.get();
        }
        Map<String, Object> properties = cluster.properties();
        int millis = Math.toIntExact(Math.clamp(timeout.toMillis(), 1_000, 600_000));
        properties.put("acks", "all");
        properties.put("enable.idempotence", true);
        properties.put("compression.type", compression);
        properties.put("linger.ms", 0L);
        // it gives up before this sink is given up
        properties.put("request.timeout.ms", millis / 3);
        properties.put("delivery.timeout.ms", millis * 4 / 5);
        properties.put("max.block.ms", (long) millis / 2);
        properties.put("buffer.memory", 40L << 20);
        properties.put("max.request.size", 20 << 20);
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        open = Optional.of(producer);
        return producer;
    }

    private Optional<ProducerRecord<byte[], byte[]>> message(SinkRecord record) {
        return outlet.parcel(record)
                .map(parcel -> {
                    ProducerRecord<byte[], byte[]> message =
                            new ProducerRecord<>(
                                    topic.replace("{channel}", record.channel()),
                                    parcel.id().getBytes(UTF_8),
                                    parcel.body());
                    Headers headers = message.headers();
                    add(headers, BusFields.CHANNEL_HEADER, record.channel());
                    add(headers, BusFields.EPOCH_HEADER, record.epoch());
                    add(headers, BusFields.OFFSET_HEADER, Long.toString(record.offset()));
                    add(headers, BusFields.ORIGIN_HEADER, parcel.passage());
                    return message;
                });
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }

    /// Nothing of what it holds is sent any more.
    private void abandon() {
        boolean interrupted = Thread.interrupted();
        open.ifPresent(producer -> producer.close(Duration.ZERO));
        open = Optional.empty();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        abandon();
    }
}

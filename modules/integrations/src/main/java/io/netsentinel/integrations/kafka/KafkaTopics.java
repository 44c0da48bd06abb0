package io.netsentinel.integrations.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Asks the brokers for topics.
final class KafkaTopics implements AutoCloseable {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long STEP_MILLIS = 100;

    private final Admin admin;

    /// @param properties of every client
    KafkaTopics(Map<String, Object> properties) {
        Map<String, Object> own = new HashMap<>(properties);
        own.put("request.timeout.ms", 5_000);
        own.put("default.api.timeout.ms", 9_000);
        this.admin = Admin.create(own);
    }

    /// A topic that is there.
    record Topic(String id, int partitions) {}

    /// Those of the topics that are there; none when it was told to stop meanwhile.
    ///
    /// @throws KafkaException when the brokers do not answer
    Map<String, Topic> describe(List<String> names, BooleanSupplier stopping) {
        Map<String, Topic> found = new HashMap<>();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (Map.Entry<String, KafkaFuture<TopicDescription>> one :
                admin.describeTopics(names).topicNameValues().entrySet()) {
            while (!stopping.getAsBoolean()) {
                try {
                    TopicDescription topic = one.getValue().get(STEP_MILLIS, TimeUnit.MILLISECONDS);
                    found.put(
                            one.getKey(),
                            new Topic(topic.topicId().toString(), topic.partitions().size()));
                    break;
                } catch (TimeoutException e) {
                    if (System.nanoTime() - deadline > 0) {
                        throw new KafkaException("no broker answers", e);
                    }
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                        break;
                    }
                    throw new KafkaException(KafkaCluster.words(e), e.getCause());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new KafkaException("interrupted", e);
                }
            }
        }
        return found;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}

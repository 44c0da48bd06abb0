package io.netsentinel.integrations.kafka;

import io.netsentinel.integrations.Reading;
import io.netsentinel.integrations.Retry;
import io.netsentinel.integrations.Visible;
import io.netsentinel.integrations.bus.Inlet;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Source;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;

/// Reads all partitions of some topics, from positions that are committed with the events.
final class KafkaSource implements Source {
    private final String name;
    private final Part part;
    private final String format;
    private final Inlet inlet;
    private final Reading reading = new Reading();

    KafkaSource(String name, Part part, String format, Inlet inlet) {
        this.name = name;
        this.part = part;
        this.format = format;
        this.inlet = inlet;
    }

    /// What is read.
    ///
    /// @param group where the position is shown to others
    /// @param fromEnd whether a source that is new begins with what comes
    record Part(
            KafkaCluster cluster, List<String> topics, Optional<String> group, boolean fromEnd) {
        Part {
            topics = List.copyOf(topics);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "kafka";
    }

    @Override
    public String path() {
        return part.cluster().text() + " " + String.join(",", part.topics());
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public Progress progress() {
        return reading.progress();
    }

    @Override
    public Optional<String> test() {
        try (KafkaTopics topics = new KafkaTopics(part.cluster().properties())) {
            Set<String> missing = new TreeSet<>(part.topics());
            missing.removeAll(topics.describe(part.topics(), () -> false).keySet());
            return missing.isEmpty()
                    ? Optional.empty()
                    : Optional.of("there is no topic " + String.join(", ", missing));
        } catch (KafkaException | IOException e) {
            return Optional.of(failure(e));
        }
    }

    private String failure(Exception failure) {
        return part.cluster().text() + ": " + Visible.characters(KafkaCluster.words(failure));
    }

    @Override
    public void run(Intake intake) {
        Retry retry = new Retry();
        inlet.begin(intake);
        KafkaMarks marks = new KafkaMarks(name, intake.bookmarks());
        while (!intake.stopping()) {
            try (KafkaFollower follower =
                    new KafkaFollower(
                            name, part, inlet, marks, new KafkaFollower.To(intake, reading))) {
                follower.run(retry::reset);
                return;
            } catch (KafkaException | IOException e) {
                reading.connected(false);
                intake.problem(failure(e));
                intake.pause(retry.next());
            }
        }
    }
}

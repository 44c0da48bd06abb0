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
                intake.problem(
                        part.cluster().text() + ": " + Visible.characters(KafkaCluster.words(e)));
                intake.pause(retry.next());
            }
        }
    }
}

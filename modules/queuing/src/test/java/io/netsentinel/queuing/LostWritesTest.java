package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The power is cut while events are written: with durability `power` everything acknowledged is
/// there afterwards, under the same offsets and in the same epoch.
final class LostWritesTest {
    private static final int APPENDS = 60;
    private static final int CUTS = 6;

    @TempDir Path directory;
    private Path data;

    @BeforeEach
    void insert() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
        LossyDisk.insert(data);
    }

    @AfterEach
    void remove() {
        LossyDisk.remove();
    }

    private static EventLog open(Path data, Durability durability) {
        return EventLog.open(data, Logs.segmentsOf(100).withDurability(durability));
    }

    private static Append append(int number) {
        return new Append(
                List.of(Logs.entry("lab", "a" + number), Logs.entry("lab", "b" + number)),
                List.of(
                        new Bookmark(
                                "source",
                                Integer.toString(number).getBytes(StandardCharsets.UTF_8))),
                Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void withPowerEverythingAcknowledgedIsThereAfterACut(long seed) throws IOException {
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        String epoch;
        List<Path> found = new ArrayList<>();
        List<List<String>> expected = new ArrayList<>();
        try (EventLog log = open(data, Durability.POWER)) {
            log.create("lab");
            epoch = log.state("lab").orElseThrow().epoch();
            for (int number = 1; number <= APPENDS; number++) {
                CompletableFuture<Appended> answer = log.append(append(number));
                if (number % (APPENDS / CUTS) == 0) {
                    // on its way
                    cut(found, expected, acknowledged, random);
                }
                answer.join();
                acknowledged.addAll(List.of("a" + number, "b" + number));
                if (number % (APPENDS / CUTS) == 1) {
                    cut(found, expected, acknowledged, random);
                }
            }
        }
        for (int i = 0; i < found.size(); i++) {
            try (EventLog log = open(found.get(i), Durability.POWER)) {
                List<String> there = Logs.texts(log, "lab");
                assertThat(there)
                        .as("cut %d", i)
                        .startsWith(expected.get(i).toArray(String[]::new));
                assertThat(there.size()).as("cut %d", i).isEven();
                assertThat(log.state("lab").orElseThrow().epoch()).isEqualTo(epoch);
                String bookmark =
                        log.bookmark("source")
                                .map(value -> new String(value, StandardCharsets.UTF_8))
                                .orElse("0");
                assertThat(Integer.parseInt(bookmark) * 2).isEqualTo(there.size());
            }
        }
    }

    private void cut(List<Path> found, List<List<String>> expected, List<String> now, Random random)
            throws IOException {
        Path after = directory.resolve("after-" + found.size());
        expected.add(List.copyOf(now));
        LossyDisk.cut(after, random);
        found.add(after);
    }

    /// The proof that the disk loses something: the other durability does not promise as much.
    @Test
    void withoutPowerSomethingIsLostAndTheChannelBeginsANewEpoch() throws IOException {
        String epoch;
        Path after = directory.resolve("after");
        try (EventLog log = open(data, Durability.PROCESS)) {
            log.create("lab");
            epoch = log.state("lab").orElseThrow().epoch();
            for (int number = 1; number <= APPENDS; number++) {
                log.append(append(number)).join();
            }
            LossyDisk.cut(after, new Random(1));
        }
        try (EventLog log = open(after, Durability.PROCESS)) {
            assertThat(Logs.texts(log, "lab")).hasSizeLessThan(2 * APPENDS);
            assertThat(log.state("lab").map(ChannelState::epoch)).isNotEqualTo(Optional.of(epoch));
        }
    }
}

package io.netsentinel.queuing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir Path directory;

    @Test
    void aSecondOpeningNamesTheProcessThatHasIt() {
        try (EventLog _ = Logs.open(directory)) {
            assertThatThrownBy(() -> Logs.open(directory))
                    .isInstanceOfSatisfying(
                            DataDirectoryInUseException.class,
                            e -> {
                                assertThat(e.pid()).isEqualTo(ProcessHandle.current().pid());
                                assertThat(e).hasMessageContaining("in use by process " + e.pid());
                            });
        }
        Logs.open(directory).close();
    }

    @Test
    void aLockFileLeftBehindBlocksNobody() throws IOException {
        Files.writeString(directory.resolve("lock"), "1\n");
        Logs.open(directory).close();
    }

    @Test
    void aNewerFormatIsRefusedWithWhatToDo() throws IOException {
        Logs.open(directory).close();
        assertThat(directory.resolve("version")).hasContent("netsentinel-data 1\n");
        Files.writeString(directory.resolve("version"), "netsentinel-data 2\n");
        assertThatThrownBy(() -> Logs.open(directory))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("has format 2")
                .hasMessageContaining("use the newer version");
        Files.writeString(directory.resolve("version"), "something else\n");
        assertThatThrownBy(() -> Logs.open(directory)).hasMessageContaining("not a data directory");
    }

    @Test
    void aPathThatIsNoDirectoryIsRefusedInOneLine() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThatThrownBy(() -> Logs.open(file))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> Logs.open(directory.resolve("a;INIT=x")))
                .hasMessageContaining("must not contain ';'");
    }

    @Test
    void closingTwiceDoesNothingAndLeavesACleanMark() {
        EventLog log = Logs.open(directory);
        Logs.append(log, "alerts", "1");
        log.close();
        log.close();
        assertThat(Marks.read(directory.resolve("marks")).orElseThrow().clean()).isTrue();
    }

    @Test
    void anUncleanStopUnderAnotherBootBeginsNewEpochs() throws IOException {
        String before;
        try (EventLog log = Logs.open(directory)) {
            Logs.append(log, "alerts", "1", "2");
            before = log.state("alerts").orElseThrow().epoch();
        }
        Marks.Snapshot clean = Marks.read(directory.resolve("marks")).orElseThrow();
        MarksTest.rewrite(directory.resolve("marks"), clean, "another-boot", false);
        try (EventLog log = Logs.open(directory)) {
            ChannelState state = log.state("alerts").orElseThrow();
            assertThat(state.epoch()).isNotEqualTo(before);
            assertThat(log.recoverable("alerts", before, 2)).isTrue();
            assertThat(log.recoverable("alerts", before, 3)).isFalse();
            assertThat(Logs.append(log, "alerts", "3").getFirst().offset()).isEqualTo(3);
            assertThat(Logs.texts(log, "alerts")).containsExactly("1", "2", "3");
        }
    }
}

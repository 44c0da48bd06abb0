package io.netsentinel.queuing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import io.netsentinel.events.Channel;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {

    private static final int ROUNDS = 5;
    private static final int ACKNOWLEDGED_PER_ROUND = 2_000;

    @TempDir Path directory;

    private Process start(Path ledger) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        java,
                        "-cp",
                        classPath(),
                        CrashChild.class.getName(),
                        directory.resolve("data").toString(),
                        ledger.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("child.out").toFile())
                .start();
    }

    private static String classPath() {
        return Stream.concat(
                        Stream.of(Path.of("target/test-classes").toAbsolutePath().toString()),
                        Stream.of(EventLog.class, Channel.class, Driver.class, JsonFactory.class)
                                .map(CrashTest::location))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> lines(Path ledger) throws IOException {
        if (!Files.exists(ledger)) {
            return List.of();
        }
        String text = Files.readString(ledger, UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    @Test
    @Timeout(300)
    void killedAgainAndAgainItLosesNothingAcknowledgedAndDoublesNothing() throws Exception {
        Path ledger = directory.resolve("ledger");
        for (int round = 1; round <= ROUNDS; round++) {
            Process child = start(ledger);
            while (lines(ledger).size() < round * ACKNOWLEDGED_PER_ROUND
                    && !child.waitFor(20, TimeUnit.MILLISECONDS)) {
                // not enough to be worth a crash yet
            }
            child.destroyForcibly().waitFor();
            assertThat(lines(ledger).size())
                    .as(Files.readString(directory.resolve("child.out")))
                    .isGreaterThanOrEqualTo(round * ACKNOWLEDGED_PER_ROUND);
            try (EventLog log = EventLog.open(directory.resolve("data"), CrashChild.SETTINGS)) {
                verify(log, lines(ledger));
            }
        }
    }

    private static void verify(EventLog log, List<String> acknowledged) {
        assertThat(log.reports()).isEmpty();
        List<LogRecord> alerts = Logs.readAll(log, "alerts", 0);
        Map<Long, String> byOffset = new HashMap<>();
        alerts.forEach(found -> byOffset.put(found.offset(), Logs.text(found)));
        assertThat(alerts)
                .hasSize(log.state("alerts").map(ChannelState::tail).orElse(0L).intValue());
        assertThat(byOffset.values()).doesNotHaveDuplicates();
        for (String line : acknowledged) {
            String[] parts = line.split(" ", -1);
            assertThat(byOffset).containsEntry(Long.parseLong(parts[0]), parts[1]);
        }
        assertThat(Logs.texts(log, "threats"))
                .containsExactlyElementsOf(alerts.stream().map(Logs::text).toList());
        for (int producer = 0; producer < CrashChild.PRODUCERS; producer++) {
            String source = "p" + producer;
            long highest =
                    byOffset.values().stream()
                            .filter(text -> text.startsWith(source + "/"))
                            .mapToLong(text -> Long.parseLong(text.substring(source.length() + 1)))
                            .max()
                            .orElse(0);
            assertThat(log.bookmark(source).map(b -> new String(b, UTF_8)))
                    .contains(Long.toString(highest));
        }
    }
}

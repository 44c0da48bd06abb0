package io.netsentinel.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayTest {
    private static final Instant BEGIN = Instant.parse("2027-01-01T00:00:00Z");
    private static final int FLOWS = 100;
    private static final int PER_ROUND = 2 * FLOWS + 1;

    @TempDir private Path folder;
    private Path capture;

    @BeforeEach
    void recordACapture() throws IOException {
        capture = folder.resolve("capture.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(capture))) {
            for (int i = 0; i < FLOWS; i++) {
                String minute = String.format("%02d", i / 4);
                String second = String.format("%02d", i % 4 * 15);
                out.write(alert(i, minute, second).getBytes(StandardCharsets.UTF_8));
                out.write(flow(i, minute, second).getBytes(StandardCharsets.UTF_8));
            }
            out.write(
                    "{\"timestamp\":\"2026-06-01T12:25:00.000000+0000\",\"event_type\":\"stats\"}\n"
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theFirstRoundIsTheCaptureAtItsNewTime() {
        List<Replay.Due> round = take(PER_ROUND);
        Replay.Due first = round.getFirst();
        assertThat(Duration.between(BEGIN, first.time()).abs())
                .isLessThanOrEqualTo(Variation.JITTER);
        assertThat(round)
                .extracting(due -> due.event().path("flow_id").asLong())
                .contains(1_000L, 1_099L);
    }

    @Test
    void eventsComeInTheOrderOfTheirTimesRoundAfterRound() {
        List<Replay.Due> dues = take(5 * PER_ROUND);
        assertThat(dues).extracting(Replay.Due::time).isSorted();
        assertThat(dues.getLast().time()).isAfter(BEGIN.plus(Duration.ofMinutes(75)));
    }

    @Test
    void theTimeInsideAnEventIsTheTimeItIsDue() {
        for (Replay.Due due : take(PER_ROUND)) {
            assertThat(EveTime.parse(due.event().path("timestamp").asText())).isEqualTo(due.time());
        }
    }

    @Test
    void theEventsOfAFlowStayTogetherAndFlowsOfDifferentRoundsDiffer() {
        Set<Long> flows = new HashSet<>();
        Set<String> identities = new HashSet<>();
        for (Replay.Due due : take(5 * PER_ROUND)) {
            if (due.event().has("flow_id")) {
                flows.add(due.event().path("flow_id").asLong());
                identities.add(
                        due.event().path("flow_id") + " " + due.event().path("community_id"));
            }
        }
        assertThat(flows).hasSameSizeAs(identities).hasSizeGreaterThan(4 * FLOWS);
        assertThat(flows).allMatch(flow -> flow > 0 && flow < 1L << 53);
    }

    @Test
    void laterRoundsLeaveOutSomeFlows() {
        Set<Long> flows = new HashSet<>();
        Instant second = BEGIN.plus(Duration.ofMinutes(25)).plusSeconds(10);
        for (Replay.Due due : take(2 * PER_ROUND)) {
            boolean inSecond =
                    due.time().isAfter(second)
                            && due.time().isBefore(second.plus(Duration.ofMinutes(24)));
            if (inSecond && due.event().has("flow_id")) {
                flows.add(due.event().path("flow_id").asLong());
            }
        }
        assertThat(flows).hasSizeBetween(FLOWS / 2, FLOWS - 5);
    }

    @Test
    void theCommunityIdIsThatOfTheAddressesAndPorts() {
        Replay.Due due = take(1).getFirst();
        // As Suricata computed it for this flow.
        assertThat(due.event().path("community_id").asText())
                .isEqualTo("1:9bNO+m5sCUhFf3xKhpdMLGPOvCY=");
    }

    @Test
    void theSensorWritesThePastAtOnceAndStopsWhenClosed() throws IOException {
        Path file = folder.resolve("eve.json");
        try (DemoSensor _ = DemoSensor.start(capture, file, Clock.systemUTC())) {
            // 15 of the 25 minutes are in the past; each has 8 events.
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (lines(file) < 100 && System.nanoTime() < deadline) {
                LockSupport.parkNanos(1_000_000);
            }
        }
        assertThat(lines(file)).isBetween(100L, 140L);
    }

    private static long lines(Path file) throws IOException {
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private List<Replay.Due> take(int count) {
        Replay replay = new Replay(Capture.read(capture), BEGIN);
        List<Replay.Due> dues = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dues.add(replay.next());
        }
        return dues;
    }

    private static String alert(int i, String minute, String second) {
        return String.format(
                "{\"timestamp\":\"2026-06-01T12:%s:%s.000001+0000\",\"flow_id\":%d,%s,\"event_type\":\"alert\"}%n",
                minute, second, 1_000 + i, tuple(i));
    }

    private static String flow(int i, String minute, String second) {
        return String.format(
                "{\"timestamp\":\"2026-06-01T12:%s:%s.500000+0000\",\"flow_id\":%d,%s,\"event_type\":\"flow\","
                        + "\"flow\":{\"start\":\"2026-06-01T12:%s:%s.000001+0000\"}}%n",
                minute, second, 1_000 + i, tuple(i), minute, second);
    }

    private static String tuple(int i) {
        return "\"src_ip\":\"172.16.5.21\",\"src_port\":21,\"dest_ip\":\"203.0.113.211\",\"dest_port\":"
                + (45_726 + i)
                + ",\"proto\":\"TCP\",\"community_id\":\"1:x\"";
    }
}

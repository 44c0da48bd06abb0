package io.netsentinel.detection.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.detection.ScoreBoard;
import io.netsentinel.detection.ScoreBoard.Standing;
import io.netsentinel.detection.ScoreSettings;
import io.netsentinel.detection.Scores;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoresTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
    private static final ScoreSettings SETTINGS =
            new ScoreSettings(Duration.ofHours(1), Duration.ofSeconds(1));

    @TempDir private Path directory;

    @Test
    void anExploitWeighsMoreThanAFloodOfLowOnes() {
        Ledger ledger = new Ledger(SETTINGS);
        ledger.add(alert("e", 0, "203.0.113.1", "10.0.0.1", 99));
        for (int i = 0; i < 500; i++) {
            ledger.add(alert("l" + i, 0, "203.0.113.2", "10.0.1.2", 21));
        }
        ScoreBoard board = ledger.board(NOON.toEpochMilli(), 10);

        assertThat(board.hosts().getFirst().name()).isIn("203.0.113.1", "10.0.0.1");
        assertThat(board.hosts().getFirst().score()).isEqualTo(38);
        assertThat(board.hosts().getLast().score()).isEqualTo(20);
        assertThat(board.networks())
                .extracting(Standing::name)
                .containsExactly("10.0.0.0/24", "10.0.1.0/24");
        assertThat(board.sensors()).extracting(Standing::name).containsExactly("lab");
        assertThat(board.hosts().getLast().reasons().getFirst().count()).isEqualTo(100);
    }

    @Test
    void afterAHalfLifeItWeighsHalfAndInTheEndNothing() {
        Ledger ledger = new Ledger(SETTINGS);
        ledger.add(alert("e", 0, "203.0.113.1", "10.0.0.1", 98));
        long now = NOON.toEpochMilli();
        assertThat(ledger.board(now, 1).all().score()).isEqualTo(38);
        assertThat(ledger.board(now + Duration.ofHours(1).toMillis(), 1).all().score())
                .isEqualTo(19);
        long late = now + Duration.ofHours(8).toMillis();
        assertThat(ledger.board(late, 1).hosts()).isEmpty();
        assertThat(ledger.board(late, 1).all().score()).isZero();
    }

    @Test
    void theOrderInWhichItIsToldMakesNoDifference() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            events.add(alert("a" + i, i % 90, "203.0.113.1", "10.0.0." + i % 5, 20 + i % 80));
        }
        ScoreBoard expected = board(events);
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(events, new Random(seed));
            assertThat(board(events)).isEqualTo(expected);
        }
    }

    private static ScoreBoard board(List<Event> events) {
        Ledger ledger = new Ledger(SETTINGS);
        events.forEach(ledger::add);
        return ledger.board(NOON.plus(Duration.ofHours(2)).toEpochMilli(), 10);
    }

    @Test
    void theyAreToldLiveAndAreThereAgainAfterARestart() {
        try (Server server = new Server(directory)) {
            server.publish(alert("e", 0, "203.0.113.1", "10.0.0.1", 99));
            until(() -> server.scores.board(5).hosts().size() == 2);
            until(() -> !server.told().isEmpty());
            assertThat(server.told().getFirst().value("ns.scores.hosts").orElseThrow().toString())
                    .contains("10.0.0.1");
        }
        try (Server server = new Server(directory)) {
            until(() -> server.scores.board(5).hosts().size() == 2);
            assertThat(server.scores.board(5).all().reasons().getFirst().id()).isEqualTo("e");
        }
    }

    private static Event alert(String id, int minute, String from, String to, int score) {
        return Event.builder()
                .put("id", id)
                .timestamp(NOON.plus(Duration.ofMinutes(minute)))
                .put("event.kind", "alert")
                .put("event.dataset", "suricata.alert")
                .put("observer.name", "lab")
                .put("source.ip", from)
                .put("destination.ip", to)
                .put("rule.id", "r" + score)
                .put("rule.name", "Something")
                .put("ns.score", score)
                .build();
    }

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static final class Server implements AutoCloseable {
        private final EventLog log;
        private final Hub hub;
        private final Scores scores;

        Server(Path directory) {
            log = EventLog.open(directory, LogSettings.defaults());
            hub = Hub.create(log, HubSettings.defaults(), List.of());
            scores = Scores.start(log, hub, Clock.systemUTC(), SETTINGS);
        }

        void publish(Event event) {
            hub.publish(Append.of(Entry.of(Channel.ALERTS, event.toJson()))).join();
        }

        List<Event> told() {
            return log.read(Channel.METRICS, 0, 10, 1 << 20).join().records().stream()
                    .map(record -> Event.fromJson(record.payload()))
                    .toList();
        }

        @Override
        public void close() {
            scores.close();
            hub.close();
            log.close();
        }
    }
}

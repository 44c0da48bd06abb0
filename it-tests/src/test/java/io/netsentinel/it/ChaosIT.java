package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fifty clients and everything that can go wrong at once: sockets cut, messages lost on the way,
/// the server stopped, killed and robbed of its newest events, short retention, new epochs, tokens
/// that end. Nobody misses anything without being told, nothing comes twice, out of order, or to
/// somebody who did not ask for it or may not see it.
///
/// `-Dnetsentinel.chaos.seconds=N` makes it longer, with more time between the ends of the server,
/// and from two minutes on it must have published 2,000 events a second over all.
/// `-Dnetsentinel.chaos.seed=N` repeats the decisions of another run (but not its timing).
final class ChaosIT {
    private static final int SECONDS = Integer.getInteger("netsentinel.chaos.seconds", 60);
    private static final int LONG_SECONDS = 3_600;
    private static final int CLIENTS = 50;
    private static final int FEW = 8;
    private static final int RATE = 2_400;

    /// In a long run the time the server is away, which is long on a busy machine, is made up for.
    private static final int LONG_RATE = 3_600;

    private static final int AIM = 2_000;
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Duration BETWEEN_BLOWS = Duration.ofSeconds(4);
    private static final Duration BETWEEN_BLOWS_OF_A_LONG_RUN = Duration.ofSeconds(20);

    @TempDir private Path folder;

    private final long seed = Long.getLong("netsentinel.chaos.seed", System.nanoTime());

    @Test
    void nothingIsLostSilentlyNothingComesTwiceAndNothingLeaks() throws IOException {
        storm(Duration.ofSeconds(SECONDS));
    }

    @Test
    @Tag("long")
    void norInAnHour() throws IOException {
        storm(Duration.ofSeconds(LONG_SECONDS));
    }

    private void storm(Duration time) throws IOException {
        boolean isLong = time.compareTo(LONG) >= 0;
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ChaosServer server = new ChaosServer(data);
                ChaosRun run = new ChaosRun(server, seed, isLong ? LONG_RATE : RATE)) {
            run.invite(CLIENTS);
            run.rage(time, isLong ? BETWEEN_BLOWS_OF_A_LONG_RUN : BETWEEN_BLOWS);
            run.settle();
            ChaosVerdict verdict =
                    new ChaosVerdict(run.ledger(), server.stored()).judge(run.clients());
            System.out.println(run.summary(verdict));
            assertThat(run.violations()).as("seed %d", seed).isEmpty();
            assertThat(run.ledger().contradictions()).as("seed %d", seed).isEmpty();
            assertThat(verdict.told()).as("seed %d", seed).isEmpty();
            assertThat(verdict.misses()).isZero();
            assertThat(verdict.untrue()).isZero();
            // and all of it has really happened
            assertThat(verdict.delivered()).isPositive();
            assertThat(verdict.declared()).as("events somebody was told to be gone").isPositive();
            assertThat(run.proxy().swallowed()).isPositive();
            assertThat(run.proxy().cut()).isPositive();
            assertThat(server.epochChanges()).isPositive();
            assertThat(run.count(ChaosClient::holes)).isPositive();
            assertThat(run.count(ChaosClient::denials)).isPositive();
            assertThat(run.count(ChaosClient::refreshes)).isPositive();
            assertThat(run.count(ChaosClient::expired)).isPositive();
            assertThat(run.count(ChaosClient::acknowledged)).isPositive();
            assertThat(run.count(ChaosClient::repeated)).isPositive();
            assertThat(run.perSecond()).isGreaterThanOrEqualTo(isLong ? AIM : 1);
        }
    }

    /// The proof that the test proves something: a client that looks at neither `prev` nor `pos`
    /// does not notice what the proxy swallows, and is found out.
    @Test
    void aClientThatIgnoresPrevAndPosIsFoundOut() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (ChaosServer server = new ChaosServer(data);
                ChaosRun run = new ChaosRun(server, seed, RATE)) {
            List<ChaosClient> honest = new ArrayList<>();
            List<ChaosClient> heedless = new ArrayList<>();
            for (int n = 0; n < FEW; n++) {
                honest.add(run.plain("honest-" + n, n, false));
                heedless.add(run.plain("heedless-" + n, n, true));
            }
            Await.until("all follow", () -> run.count(ChaosClient::received) > FEW);
            run.proxy().swallow(0.05);
            Await.until(
                    "enough got lost",
                    () ->
                            run.proxy().swallowed() > 20 * FEW
                                    && honest.stream().allMatch(one -> one.holes() > 0));
            run.finishPublishing();
            Await.until(
                    "the honest ones have all",
                    () -> honest.stream().allMatch(ChaosClient::arrived));
            Map<String, BitSet> stored = server.stored();
            ChaosVerdict good = new ChaosVerdict(run.ledger(), stored).judge(honest);
            ChaosVerdict bad = new ChaosVerdict(run.ledger(), stored).judge(heedless);
            assertThat(good.told()).as("seed %d", seed).isEmpty();
            assertThat(bad.misses()).as("events the heedless missed").isPositive();
            assertThat(bad.told().getFirst()).contains("missing without a word");
            assertThat(run.violations()).as("seed %d", seed).isEmpty();
            System.out.printf(
                    "Ignoring prev and pos: %d events missed; minding them: %d of %d, %d holes seen%n",
                    bad.misses(),
                    good.misses(),
                    good.delivered(),
                    honest.stream().mapToInt(ChaosClient::holes).sum());
        }
    }
}

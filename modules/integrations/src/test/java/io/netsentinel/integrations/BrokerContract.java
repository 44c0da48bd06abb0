package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.integrations.SourceStatus.State;
import io.netsentinel.integrations.spi.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every source must do that takes what another server keeps for it. A kind's test says how to
/// make one and how something gets to its server.
public abstract class BrokerContract {
    @TempDir private Path temporary;
    private Lab lab;

    /// For subclasses.
    protected BrokerContract() {}

    /// A source of the name `lab` for lines in the format `eve`, at most 64 KiB long.
    protected abstract Source source();

    /// Puts lines there, in their order.
    protected abstract void push(List<byte[]> lines);

    /// The server breaks off what is connected, and is not there any more.
    protected abstract void away();

    /// The server is there again, with all it had.
    protected abstract void back();

    /// Ends all connections, as the end of a process does.
    protected void cut() {}

    @BeforeEach
    void open() {
        lab = new Lab(temporary, "none");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    protected final Lab lab() {
        return lab;
    }

    protected final void push(long from, long to) {
        List<byte[]> lines = new ArrayList<>();
        for (long i = from; i < to; i++) {
            lines.add(Lab.line(i).strip().getBytes(StandardCharsets.UTF_8));
        }
        push(lines);
    }

    @Test
    void messagesBecomeEventsInTheirOrder() {
        push(0, 2_500);
        lab.start(source()).expect(0, 2_500);
        push(2_500, 2_510);
        lab.expect(0, 2_510);
        lab.await(() -> lab.status().accepted() == 2_510);
        assertThat(lab.status().state()).isEqualTo(State.LIVE);
        assertThat(lab.status().lastError()).isEmpty();
    }

    @Test
    void aStopAndAStartLoseNothingAndDoubleNothing() {
        push(0, 1_200);
        lab.start(source()).expect(0, 1_200);
        lab.stop();
        push(1_200, 1_300);
        lab.start(source()).expect(0, 1_300);
    }

    @Test
    void aKillAtAnyMomentLosesNothingAndDoublesNothing() {
        long pushed = 0;
        for (int round = 0; round < 8; round++) {
            // before the push: a quick source has read all of it when the push returns
            long seen = lab.tail(Channel.NETWORK);
            lab.start(source());
            push(pushed, pushed + 1_500);
            pushed += 1_500;
            lab.await(() -> lab.tail(Channel.NETWORK) > seen);
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(20_000_000));
            lab.kill();
            cut();
        }
        lab.start(source()).expect(0, pushed);
    }

    @Test
    void aServerThatGoesAwayIsSaidAndReadOnWhenItIsBack() {
        push(0, 100);
        assertThat(source().test()).isEmpty();
        lab.start(source()).expect(0, 100);
        away();
        assertThat(source().test()).isPresent();
        lab.await(() -> lab.status().state() == State.FAILED);
        assertThat(lab.status().lastError()).contains("127.0.0.1");
        back();
        push(100, 200);
        lab.expect(0, 200);
        lab.await(() -> lab.status().lastError().isEmpty());
    }

    @Test
    void whatCannotBeReadBecomesADeadLetterAndTheRestGoesOn() {
        push(0, 1);
        push(
                List.of(
                        "no json".getBytes(StandardCharsets.UTF_8),
                        "x".repeat(100_000).getBytes(StandardCharsets.UTF_8),
                        new byte[] {(byte) 0xff, 0, 7}));
        push(1, 3);
        lab.start(source()).expect(0, 3);
        lab.await(() -> lab.status().deadLetters() == 3);
        assertThat(lab.status().overlong()).isEqualTo(1);
        assertThat(lab.events(Channel.DEAD_LETTERS)).hasSize(3);
    }
}

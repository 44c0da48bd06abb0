package io.netsentinel.integrations.sink.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// What every sink must do, whatever it speaks. A kind's test says how to make one and what its
/// target has got.
public abstract class SinkContract {
    protected static final String HOSTILE =
            "x\n<134>1 - forged\r\n{\"index\":{}}\n\u0000\u001b[2J\u202e|=\\\"]\t日本😀";

    /// A sink for a target that is there.
    protected abstract Sink sink();

    /// The offsets the target has got, in its order.
    protected abstract List<Long> got();

    protected static SinkRecord record(long offset) {
        return record(offset, HOSTILE + offset);
    }

    protected static SinkRecord record(long offset, String name) {
        Event event =
                Event.builder()
                        .put(Fields.ID, "id" + offset)
                        .put(Fields.TIMESTAMP, "2026-06-01T12:00:00Z")
                        .put(Fields.EVENT_KIND, "alert")
                        .put(Fields.RULE_NAME, name)
                        .put(Fields.OBSERVER_NAME, name)
                        .put(Fields.FLOW_ID, Long.toString(offset))
                        .build();
        return new SinkRecord("alerts", "abcdefgh", offset, 1_767_225_600_000L, event.toJson());
    }

    protected static List<SinkRecord> records(long from, long to) {
        List<SinkRecord> records = new ArrayList<>();
        for (long offset = from; offset <= to; offset++) {
            records.add(record(offset));
        }
        return records;
    }

    protected static List<Long> range(long from, long to) {
        return records(from, to).stream().map(SinkRecord::offset).toList();
    }

    protected static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline)
                    .as("waited too long until " + what)
                    .isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// The number after `"id":"id` in a text.
    protected static long offset(String text) {
        int at = text.indexOf("\"id\":\"id") + 8;
        return Long.parseLong(text.substring(at, text.indexOf('"', at)));
    }

    @Test
    void batchesArriveInOrderAndHostileTextStaysInItsRecord() throws IOException {
        try (Sink sink = sink()) {
            assertThat(sink.deliver(records(1, 3))).isEqualTo(Delivery.ALL);
            assertThat(sink.deliver(records(4, 4))).isEqualTo(Delivery.ALL);
            assertThat(sink.deliver(records(5, 300))).isEqualTo(Delivery.ALL);
            await("all are there", () -> got().size() >= 300);
            assertThat(got()).isEqualTo(range(1, 300));
        }
    }

    @Test
    void itSaysWhereItDeliversToWithoutASecret() {
        try (Sink sink = sink()) {
            assertThat(sink.target()).isNotEmpty().doesNotContain("secret");
        }
    }

    @Test
    void closingTwiceDoesNothingMore() throws IOException {
        Sink sink = sink();
        sink.deliver(records(1, 1));
        sink.close();
        sink.close();
        assertThat(got()).hasSize(1);
    }

    /// Whether it failed in either way that makes the runner try again.
    protected static boolean failed(Sink sink, List<SinkRecord> batch) {
        try {
            return sink.deliver(batch) instanceof Delivery.Later;
        } catch (IOException _) {
            return true;
        }
    }

    /// The same for what is spoken to over a connection.
    abstract static class Connected extends SinkContract {
        abstract Receiver receiver();

        @Test
        void nothingIsConnectedToBeforeThereIsSomethingToDeliver() throws IOException {
            try (Sink sink = sink()) {
                assertThat(receiver().accepted()).isZero();
                sink.deliver(records(1, 1));
                assertThat(receiver().accepted()).isEqualTo(1);
            }
        }

        @Test
        void aTargetThatIsAwayIsReachedAgainWhenItIsBack() throws IOException {
            try (Sink sink = sink()) {
                sink.deliver(records(1, 2));
                receiver().away();
                assertThat(failed(sink, records(3, 4))).isTrue();
                assertThat(failed(sink, records(3, 4))).isTrue();
                receiver().back();
                await("it gets through", () -> !failed(sink, records(3, 4)));
                await("all are there", () -> got().contains(4L));
                assertThat(got()).isEqualTo(range(1, 4));
            }
        }

        @Test
        void aResetInTheMiddleIsAFailure() throws IOException {
            try (Sink sink = sink()) {
                receiver().resetting = true;
                assertThat(failed(sink, records(1, 200))).isTrue();
                receiver().resetting = false;
                await("it gets through", () -> !failed(sink, records(1, 200)));
                assertThat(got()).isEqualTo(range(1, 200));
            }
        }

        @Test
        void aTargetThatNeverReadsIsGivenUpWhenTheThreadIsInterrupted() throws Exception {
            try (Sink sink = sink()) {
                receiver().deaf = true;
                AtomicReference<Boolean> failed = new AtomicReference<>(false);
                Thread thread = Thread.ofVirtual().start(() -> failed.set(failed(sink, large())));
                await("it is connected", () -> receiver().accepted() > 0);
                thread.interrupt();
                assertThat(thread.join(Duration.ofSeconds(10))).as("it ends").isTrue();
                assertThat(failed.get()).isTrue();
            }
        }

        /// More than buffers hold.
        private static List<SinkRecord> large() {
            List<SinkRecord> records = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                String text = "x".repeat(400_000);
                records.add(
                        new SinkRecord(
                                "alerts",
                                "abcdefgh",
                                i,
                                0,
                                ("{\"message\":\"" + text + "\"}").getBytes(UTF_8)));
            }
            return records;
        }
    }
}

package io.netsentinel.channels;

import io.netsentinel.bench.Sample;
import io.netsentinel.events.Event;
import io.netsentinel.queuing.LogRecord;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Events become frames, once for all subscribers of a view.
@State(Scope.Benchmark)
public class FrameBenchmark {
    private static final int EVENTS = 1_000;

    private final List<LogRecord> records = records();

    private static List<LogRecord> records() {
        List<LogRecord> records = new ArrayList<>();
        for (Event event : Sample.events()) {
            records.add(
                    new LogRecord(records.size() + 1L, 1_764_403_200_000L, 1, 0, event.toJson()));
        }
        return records;
    }

    /// As JSON.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void json(Blackhole hole) {
        frames(Shape.plain(), hole);
    }

    /// As MessagePack.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void messagePack(Blackhole hole) {
        frames(Shape.plain().in(Encoding.MSGPACK), hole);
    }

    private void frames(Shape shape, Blackhole hole) {
        Ranges<RawBatch> source = new Ranges<>(new Budget(Long.MAX_VALUE), RawBatch.NONE);
        source.hold(RawBatch.of(records), Lane.NEW);
        Encoder encoder =
                new Encoder(
                        ViewKey.of(
                                new SubscriptionRequest(
                                        "alerts",
                                        "alerts",
                                        new Where.Tail(),
                                        Selection.all(),
                                        Selection.all(),
                                        "json",
                                        shape)),
                        new JsonCodec());
        long at = 0;
        while (at < EVENTS) {
            EncodedBatch batch = encoder.encode(source, at, at, Long.MAX_VALUE, Encoder.FRAME);
            hole.consume(batch.events(0, batch.size()).bytes());
            at = batch.to();
        }
    }
}

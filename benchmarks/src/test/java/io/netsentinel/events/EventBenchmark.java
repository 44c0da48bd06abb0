package io.netsentinel.events;

import io.netsentinel.bench.Sample;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// What is done with the JSON of an event: written, read, read in part, and asked a filter.
@State(Scope.Benchmark)
public class EventBenchmark {
    private static final int EVENTS = 1_000;

    private final List<Event> events = Sample.events();
    private final List<byte[]> json = events.stream().map(Event::toJson).toList();
    private final EventEncoder encoder = new EventEncoder();
    private final FieldSet few =
            FieldSet.of(List.of(Fields.TIMESTAMP, Fields.SOURCE_IP, Fields.DESTINATION_PORT));
    private final Filter filter =
            Filter.parse("source.ip in 10.1.2.0/24 and destination.port in (80, 443)");

    /// An event's JSON for the log.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void encode(Blackhole hole) {
        for (Event event : events) {
            hole.consume(encoder.encode(event));
        }
    }

    /// The whole event of its JSON.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void decode(Blackhole hole) {
        for (byte[] one : json) {
            hole.consume(Event.fromJson(one));
        }
    }

    /// Three fields of it, as detectors read.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void decodeThreeFields(Blackhole hole) {
        for (byte[] one : json) {
            hole.consume(Event.partFromJson(one, few));
        }
    }

    /// A filter with a network and ports.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void filter(Blackhole hole) {
        for (Event event : events) {
            hole.consume(filter.test(event));
        }
    }

    /// The time of an event.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void timestamp(Blackhole hole) {
        for (Event event : events) {
            hole.consume(event.timestamp());
        }
    }
}

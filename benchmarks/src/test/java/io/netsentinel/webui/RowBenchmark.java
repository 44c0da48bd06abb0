package io.netsentinel.webui;

import io.netsentinel.bench.Sample;
import io.netsentinel.events.Event;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// An alert becomes a row of the dashboard, once for all browsers.
@State(Scope.Benchmark)
public class RowBenchmark {
    private static final int ALERTS = 200;

    private final List<Event> alerts = Sample.alerts();

    /// All alerts of the sample.
    @Benchmark
    @OperationsPerInvocation(ALERTS)
    public void row(Blackhole hole) {
        for (Event alert : alerts) {
            Html out = new Html();
            Rows.table(out, alert, RowState.of(alert));
            hole.consume(out.markup().html());
        }
    }
}

package io.netsentinel.integrations.sink;

import io.netsentinel.integrations.SinkSettings;
import io.netsentinel.integrations.Visible;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import io.netsentinel.tracing.Tracing;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/// Hands records to one sink: makes one attempt at a time, and keeps what follows from how it went
/// (how many at once, how long to wait, whether the target is believed to be there).
final class Shipment {
    private static final System.Logger LOG = System.getLogger(Shipment.class.getName());
    private static final int TRIAL = 10;
    private static final int LONGEST_REASON = 500;

    private final SinkSettings settings;
    private final Sink sink;
    private final SinkTally tally;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Tracing tracing;
    private final Circuit circuit = new Circuit();
    private final BatchSize size;
    private final Backoff backoff;
    private volatile Optional<Watch> underway = Optional.empty();
    private volatile Optional<Instant> nextAttempt = Optional.empty();
    private volatile int batch;
    private int halves = Integer.MAX_VALUE;
    private boolean offered;

    Shipment(SinkSettings settings, Sink sink, SinkTally tally, SinkContext context) {
        this.settings = settings;
        this.sink = sink;
        this.tally = tally;
        this.timer = context.timer();
        this.clock = context.clock();
        this.tracing = context.tracing();
        this.size = new BatchSize(settings.pace().records(), settings.pace().timeout());
        this.backoff = new Backoff(settings.pace().longestRetry(), RandomGenerator.getDefault());
        this.batch = size.now();
    }

    /// A record nobody will take, and why.
    record Refusal(SinkRecord record, String reason) {}

    /// What one attempt came to.
    ///
    /// @param again records that are to be offered again, before all others; the rest of the
    ///   attempt is dealt with
    /// @param refused those among the attempt that are dead letters
    /// @param pause how long to wait before the next attempt
    /// @param opened whether the target is not believed to be there any more
    /// @param closed whether it is believed to be there again
    record Result(
            List<SinkRecord> again,
            List<Refusal> refused,
            Duration pause,
            boolean opened,
            boolean closed) {}

    /// How many records are to be offered at once now.
    int most() {
        int most = Math.min(size.now(), halves);
        return circuit.failures() == 0 ? most : Math.min(most, trial());
    }

    /// A target that failed is tried with little.
    private int trial() {
        return circuit.failures() >= Circuit.FAILURES ? TRIAL : Integer.MAX_VALUE;
    }

    /// Offers records once, all of them.
    Result attempt(List<SinkRecord> part) {
        nextAttempt = Optional.empty();
        circuit.trying();
        if (offered) {
            tally.retried.add(part.size());
        }
        long begun = tracing.now();
        long start = System.nanoTime();
        Delivery delivery = deliver(part);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        if (tracing.on()) {
            trace(part, delivery, begun);
        }
        Result result =
                switch (delivery) {
                    case Delivery.All _ -> taken(part, List.of(), time);
                    case Delivery.Partly partly -> partly(part, partly, time);
                    case Delivery.Refused(String reason) -> refused(part, reason, time);
                    case Delivery.Later(String reason, Duration pause) ->
                            failed(List.of(), part, reason, pause);
                };
        batch = Math.min(size.now(), halves);
        return result;
    }

    private void trace(List<SinkRecord> part, Delivery delivery, long begun) {
        for (int i = 0; i < part.size(); i++) {
            SinkRecord record = part.get(i);
            String obstacle = kindOfFailure(i, delivery);
            tracing.within(record.channel(), record.offset() - 1, record.offset())
                    .forEach(trail -> tracing.delivered(trail, settings.name(), begun, obstacle));
        }
    }

    /// In which way a record of an attempt was not taken; empty when it was. The reason itself may
    /// be a text of the target's that quotes the event: it stays here.
    static String kindOfFailure(int index, Delivery delivery) {
        return switch (delivery) {
            case Delivery.All _ -> "";
            case Delivery.Refused _ -> "refused";
            case Delivery.Later _ -> "not taken now";
            case Delivery.Partly partly when partly.again().contains(index) -> "not taken now";
            case Delivery.Partly partly -> partly.refused().containsKey(index) ? "refused" : "";
        };
    }

    private Delivery deliver(List<SinkRecord> part) {
        Watch watch = Watch.over(timer, settings.pace().timeout());
        underway = Optional.of(watch);
        try {
            return sink.deliver(part);
        } catch (IOException | RuntimeException e) {
            if (watch.fired()) {
                size.tooMany(part.size());
                return Delivery.Later.because(
                        "took longer than " + settings.pace().timeout().toMillis() + " ms");
            }
            if (e instanceof RuntimeException) {
                LOG.log(System.Logger.Level.ERROR, "sink " + settings.name() + " broke", e);
                return Delivery.Later.because("broke; see the server's log");
            }
            return Delivery.Later.because(words(e));
        } finally {
            underway = Optional.empty();
            watch.close();
        }
    }

    /// Messages of the JDK may be empty, and those of a target are foreign text.
    private static String words(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    private Result taken(List<SinkRecord> taken, List<Refusal> refused, Duration time) {
        offered = false;
        halves = halves >= size.now() ? Integer.MAX_VALUE : halves * 2;
        size.worked(taken.size() + refused.size(), time);
        count(taken, refused);
        return new Result(List.of(), refused, Duration.ZERO, false, circuit.worked());
    }

    private void count(List<SinkRecord> taken, List<Refusal> refused) {
        if (!taken.isEmpty()) {
            tally.sent(taken.size(), taken.stream().mapToLong(one -> one.payload().length).sum());
        }
        refused.forEach(one -> tally.failed(one.reason()));
        tally.refused.add(refused.size());
    }

    private Result partly(List<SinkRecord> part, Delivery.Partly partly, Duration time) {
        List<SinkRecord> taken = new ArrayList<>();
        List<SinkRecord> again = new ArrayList<>();
        List<Refusal> refused = new ArrayList<>();
        for (int i = 0; i < part.size(); i++) {
            String reason = partly.refused().get(i);
            if (reason != null) {
                refused.add(new Refusal(part.get(i), reason(reason)));
            } else {
                (partly.again().contains(i) ? again : taken).add(part.get(i));
            }
        }
        if (again.isEmpty()) {
            return taken(taken, refused, time);
        }
        count(taken, refused);
        return failed(refused, again, partly.reason(), partly.pause());
    }

    /// Halves are tried until the record is found that the target does not want.
    private Result refused(List<SinkRecord> part, String reason, Duration time) {
        if (part.size() == 1) {
            return taken(List.of(), List.of(new Refusal(part.getFirst(), reason(reason))), time);
        }
        halves = part.size() / 2;
        tally.failed(reason(reason));
        return new Result(part, List.of(), Duration.ZERO, false, circuit.worked());
    }

    private Result failed(
            List<Refusal> refused, List<SinkRecord> again, String reason, Duration wish) {
        offered = true;
        tally.failed(reason(reason));
        boolean opened = circuit.failed();
        Duration pause = backoff.after(circuit.failures(), wish);
        nextAttempt = Optional.of(clock.instant().plus(pause));
        return new Result(again, refused, pause, opened, false);
    }

    /// What comes next is not what was offered last.
    void anew() {
        offered = false;
        halves = Integer.MAX_VALUE;
        nextAttempt = Optional.empty();
    }

    /// Offers one record that is not counted.
    ///
    /// @return why the target did not take it; empty when it did
    Optional<String> test(SinkRecord record) {
        return obstacle(deliver(List.of(record)));
    }

    /// What stood against a single record; empty when it was taken.
    static Optional<String> obstacle(Delivery delivery) {
        return switch (delivery) {
            case Delivery.All _ -> Optional.empty();
            case Delivery.Refused(String reason) -> Optional.of(reason(reason));
            case Delivery.Later(String reason, _) -> Optional.of(reason(reason));
            case Delivery.Partly partly ->
                    Optional.of(reason(partly.refused().getOrDefault(0, partly.reason())));
        };
    }

    private static String reason(String text) {
        String visible = Visible.characters(text);
        return visible.substring(0, Math.min(visible.length(), LONGEST_REASON));
    }

    /// Ends the attempt that is being made, if there is one. From any thread.
    void abort() {
        underway.ifPresent(Watch::fire);
    }

    Circuit.State circuit() {
        return circuit.state();
    }

    boolean failing() {
        return circuit.failures() > 0;
    }

    Optional<Instant> nextAttempt() {
        return nextAttempt;
    }

    int batch() {
        return batch;
    }
}

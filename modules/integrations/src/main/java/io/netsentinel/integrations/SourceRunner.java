package io.netsentinel.integrations;

import io.netsentinel.integrations.SourceStatus.State;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.LineReader;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Origin;
import io.netsentinel.integrations.spi.Routed;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Bookmark;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs one source on a thread of its own and takes in what it reads. A source that breaks is
/// started again from its last commit.
final class SourceRunner implements Intake {
    private static final System.Logger LOG = System.getLogger(SourceRunner.class.getName());
    private static final Duration RESTART = Duration.ofSeconds(2);
    private static final Duration LAST = Duration.ofMillis(500);
    private static final long BACKLOG = 4L << 20;
    private static final LineReader NO_LINES =
            (_, _, _, _) -> new Normalized.Rejected("this source has no lines");

    private final Source source;
    private final IngestContext ingest;
    private final Stopper stopper = new Stopper();
    private final Stopper delivery = new Stopper();
    private final Tally tally;
    private final Thread thread;

    private Batch batch;
    private Courier courier;

    private volatile boolean running;
    private volatile String problem = "";
    private volatile String refusal = "";
    private volatile String mishap = "";

    SourceRunner(Source source, IngestContext ingest) {
        this(source, ingest, new Tally(ingest.clock()));
    }

    private SourceRunner(Source source, IngestContext ingest, Tally tally) {
        this.source = source;
        this.ingest = ingest;
        this.tally = tally;
        this.batch = newBatch();
        this.courier = newCourier();
        this.thread =
                Thread.ofPlatform().name("source-" + source.name()).daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Another one for the same source, with the counts of this one, which has ended.
    SourceRunner again() {
        return new SourceRunner(source, ingest, tally);
    }

    /// Whether nothing of it runs: it has ended or was never started.
    boolean ended() {
        return !thread.isAlive();
    }

    /// Asks it to stop.
    void stop() {
        stopper.stop();
        if (source.resumes()) {
            delivery.stop();
        }
    }

    /// Waits until it has stopped and what it has read is committed.
    void join(Duration patience) {
        try {
            if (!thread.join(patience)) {
                delivery.stop();
                thread.join(LAST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Batch newBatch() {
        return new Batch(
                source.name(),
                source.lines() ? reader(Origin.UNKNOWN) : NO_LINES,
                ingest.clock(),
                tally,
                ingest::objection,
                ingest.rules(),
                ingest.enrichment(),
                new Steps(ingest.tracing(), Optional.empty()));
    }

    private Courier newCourier() {
        return new Courier(
                ingest.publish(), ingest.log()::bookmark, delivery, reason -> refusal = reason);
    }

    private void run() {
        running = true;
        while (!stopper.stopping()) {
            try {
                source.run(this);
            } catch (RuntimeException | LinkageError e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "source " + source.name() + " broke and is started again",
                        e);
                problem = "broke and is started again; see the server's log";
                stopper.await(RESTART);
            }
            // whatever was not committed is read again
            batch = newBatch();
            courier = newCourier();
        }
        running = false;
    }

    @Override
    public boolean stopping() {
        return stopper.stopping();
    }

    @Override
    public void pause(Duration time) {
        if (pending() == 0) {
            // nothing else will come for now, so there is time to see how the last batch went
            settle();
        }
        stopper.await(time);
    }

    @Override
    public Map<String, byte[]> bookmarks() {
        return ingest.log().bookmarks();
    }

    @Override
    public boolean hasChannel(String name) {
        return ingest.log().state(name).isPresent();
    }

    @Override
    public LineReader reader(Origin origin) {
        return ingest.normalizer(source.format()).reader(origin);
    }

    @Override
    public void line(
            LineReader reader, byte[] bytes, int offset, int length, long number, String where) {
        batch.line(reader, bytes, offset, length, new DeadLetters.Place(number, where));
    }

    @Override
    public LineContext context() {
        return batch.context();
    }

    @Override
    public void event(Routed event) {
        batch.event(event);
    }

    @Override
    public void reject(byte[] sample, String reason, long number, String where) {
        batch.refuse(sample, 0, sample.length, reason, new DeadLetters.Place(number, where));
    }

    @Override
    public int pending() {
        return batch.size();
    }

    @Override
    public boolean commit(List<Bookmark> bookmarks) {
        Batch.Content content = batch.drain();
        if (content.entries().isEmpty() && bookmarks.isEmpty()) {
            return true;
        }
        Append append = new Append(content.entries(), bookmarks, Optional.empty());
        return courier.send(append, () -> committed(content.sightings()));
    }

    private void committed(List<Sighting> sightings) {
        tally.accepted(sightings.size());
        sightings.forEach(ingest.sensors()::saw);
    }

    @Override
    public boolean settle() {
        return courier.settle();
    }

    @Override
    public void problem(String text) {
        problem = text;
    }

    @Override
    public void mishap(String text) {
        mishap = text;
    }

    @Override
    public void count(Counter counter, long amount) {
        tally.count(counter, amount);
    }

    SourceStatus status() {
        Source.Progress progress = source.progress();
        return new SourceStatus(
                source.name(),
                source.kind(),
                source.path(),
                source.format(),
                state(progress),
                tally.perSecond(),
                tally.accepted(),
                tally.refused(),
                tally.count(Counter.OVERLONG),
                tally.count(Counter.NUL_BYTES),
                tally.count(Counter.LOST_BYTES),
                tally.count(Counter.ROTATIONS),
                tally.count(Counter.DROPPED),
                tally.count(Counter.REFUSED),
                tally.count(Counter.MISSED),
                tally.count(Counter.RETURNED),
                progress.bytesRead(),
                progress.lagBytes(),
                progress.fraction(),
                tally.lastEvent(),
                lastError());
    }

    private String lastError() {
        if (!refusal.isEmpty()) {
            return refusal;
        }
        return problem.isEmpty() ? mishap : problem;
    }

    private State state(Source.Progress progress) {
        if (!running) {
            return stopper.stopping() ? State.STOPPED : State.STARTING;
        }
        if (!refusal.isEmpty()) {
            return State.PAUSED;
        }
        if (!problem.isEmpty()) {
            return State.FAILED;
        }
        if (progress.waiting()) {
            return State.WAITING;
        }
        return progress.lagBytes() > BACKLOG ? State.BACKLOG : State.LIVE;
    }
}

package io.netsentinel.tracing;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Sends spans to the collector, some at once. What it does not take is lost: a trace is no record,
/// and must not cost the events anything.
final class Exporter implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Exporter.class.getName());
    private static final int WAITING = 16_384;
    private static final int MOST = 1_024;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LAST = Duration.ofSeconds(2);
    private static final int TAKEN = 200;

    private final TracingSettings settings;
    private final OtlpJson json;
    private final BlockingQueue<Span> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Losses losses = new Losses();
    private final Thread thread;
    private volatile boolean stopping;
    private boolean failing;

    private Exporter(TracingSettings settings) {
        this.settings = settings;
        this.json = new OtlpJson(settings.service(), settings.version());
        this.thread = Thread.ofVirtual().name("tracing").unstarted(this::run);
    }

    static Exporter start(TracingSettings settings) {
        Exporter exporter = new Exporter(settings);
        exporter.thread.start();
        return exporter;
    }

    /// Does not wait.
    void add(Span span) {
        if (!waiting.offer(span)) {
            losses.add(1);
        }
    }

    private void run() {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            List<Span> spans = new ArrayList<>();
            while (!stopping || !waiting.isEmpty()) {
                collect(spans);
                if (!spans.isEmpty()) {
                    send(http, spans);
                    spans.clear();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The first one and what comes within the pause after it.
    private void collect(List<Span> spans) throws InterruptedException {
        long end = System.nanoTime() + PAUSE.toNanos();
        for (long left = PAUSE.toNanos();
                left > 0 && spans.size() < MOST && !(stopping && waiting.isEmpty());
                left = end - System.nanoTime()) {
            Span next = waiting.poll(Math.min(left, PAUSE.toNanos() / 5), TimeUnit.NANOSECONDS);
            if (next != null) {
                spans.add(next);
            }
        }
    }

    private void send(HttpClient http, List<Span> spans) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(settings.endpoint())
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(json.write(spans)))
                            .build();
            HttpResponse<Void> answer = http.send(request, HttpResponse.BodyHandlers.discarding());
            if (answer.statusCode() == TAKEN) {
                taken();
            } else {
                failed(spans, "it answers " + answer.statusCode());
            }
        } catch (IOException | RuntimeException e) {
            // whatever it is, the spans that come later are not to be lost with these
            failed(spans, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private void taken() {
        failing = false;
        long lost = losses.due(System.nanoTime());
        if (lost > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} spans of traces were lost: the collector was away, or more came than it"
                            + " takes; a higher tracing.one-in makes fewer",
                    lost);
        }
    }

    /// Said once, until it works again; how many were lost is said then.
    private void failed(List<Span> spans, String reason) {
        losses.add(spans.size());
        if (!failing) {
            failing = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "traces are lost until the collector takes them again: {0}: {1}",
                    settings.endpoint(),
                    reason);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            if (!thread.join(LAST)) {
                thread.interrupt();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.netsentinel.tracing;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Follows some events from where they come in to the sockets and sinks they go out by, and tells a
/// collector of each stretch: `event` around `read`, `normalise` and `append`; then `fan-out` with
/// a `socket.write` for each connection, and `sink.deliver` for each sink.
///
/// Callers ask [#on()] first; when it is off next to nothing else of this module is loaded. Any
/// thread; nothing waits for the collector.
public final class Tracing implements AutoCloseable {
    /// Follows nothing.
    public static final Tracing OFF = new Tracing(Optional.empty(), 0);

    private static final int MOST = 8_192;
    private static final long MOST_BYTES = 16 << 20;
    private static final long NANOS = 1_000_000_000L;

    private final Optional<Following> following;
    private final double ratio;
    private final long offset;

    /// What is there only when it is on.
    private record Following(Arrivals arrivals, Trails trails, Exporter exporter) {}

    private Tracing(Optional<Following> following, double ratio) {
        this.following = following;
        this.ratio = ratio;
        Instant now = Instant.now();
        this.offset = now.getEpochSecond() * NANOS + now.getNano() - System.nanoTime();
    }

    /// Follows events and tells of them.
    public static Tracing start(TracingSettings settings) {
        Following following =
                new Following(
                        new Arrivals(MOST, MOST_BYTES), new Trails(MOST), Exporter.start(settings));
        return new Tracing(Optional.of(following), settings.ratio());
    }

    /// Whether any event is followed.
    public boolean on() {
        return following.isPresent();
    }

    /// Nanoseconds since 1970; does not jump when the clock is set.
    public long now() {
        return offset + System.nanoTime();
    }

    /// Whether the next event is to be followed: as whoever began its trace says, else drawn.
    public boolean wanted(Optional<TraceParent> parent) {
        return on()
                && parent.map(TraceParent::sampled)
                        .orElseGet(() -> ThreadLocalRandom.current().nextDouble() < ratio);
    }

    /// An event is followed from here.
    ///
    /// @param payload what is given to the log, the very array
    public void taken(byte[] payload, Taken taken) {
        following.ifPresent(to -> {
            String trace =
                    taken.parent()
                            .map(TraceParent::trace)
                            .orElseGet(() -> Ids.trace(taken.event()));
            to.arrivals().add(payload, taken, trace, now());
        });
    }

    /// Whether an event waits for its commit.
    public boolean awaits() {
        return following.isPresent() && !following.get().arrivals().none();
    }

    /// An event was committed; those that are not followed are passed over.
    ///
    /// @param payload what the log was given, the very array
    public void committed(String channel, long offset, byte[] payload) {
        following.ifPresent(to ->
                to.arrivals()
                        .seen(payload, now())
                        .ifPresent(arrival -> committed(to, arrival, channel, offset)));
    }

    private void committed(Following to, Arrivals.Arrival arrival, String channel, long offset) {
        long now = now();
        String trace = arrival.trace();
        String root = arrival.root();
        Taken taken = arrival.taken();
        if (arrival.first()) {
            to.exporter()
                    .add(
                            new Span(
                                    trace,
                                    root,
                                    taken.parent().map(TraceParent::span).orElse(""),
                                    "event",
                                    Span.CONSUMER,
                                    taken.received(),
                                    now,
                                    Map.of("event.id", taken.event(), "source", taken.source()),
                                    ""));
            to.exporter().add(Span.inner(trace, root, "read", taken.received(), taken.begun()));
            to.exporter().add(Span.inner(trace, root, "normalise", taken.begun(), taken.done()));
            to.exporter().add(Span.inner(trace, root, "append", taken.done(), now));
        }
        to.trails().add(new Trail(channel, offset, trace, root, Ids.span(), now));
    }

    /// All subscriptions of a channel were woken.
    public void fannedOut(String channel) {
        following.ifPresent(to -> {
            long now = now();
            for (Trail trail : to.trails().unspread(channel)) {
                // it may have been committed while the others were woken
                long end = Math.max(now, trail.committed());
                to.exporter()
                        .add(
                                new Span(
                                        trail.trace(),
                                        trail.fanOut(),
                                        trail.root(),
                                        "fan-out",
                                        Span.INTERNAL,
                                        trail.committed(),
                                        end,
                                        place(trail),
                                        ""));
            }
        });
    }

    private static Map<String, Object> place(Trail trail) {
        return Map.of("channel", trail.channel(), "offset", trail.offset());
    }

    /// The followed events above one offset of a channel and at most another.
    public List<Trail> within(String channel, long after, long to) {
        return following.isPresent()
                ? following.get().trails().within(channel, after, to)
                : List.of();
    }

    /// An event was written to a client's socket.
    ///
    /// @param begun when it was put into the write
    public void written(Trail trail, String connection, long begun) {
        tell(trail, trail.fanOut(), "socket.write", begun, "connection", connection, "");
    }

    /// An event was offered to a sink.
    ///
    /// @param begun when the attempt began
    /// @param error in which way the attempt failed, without any text of the target's; empty when
    ///   it did not
    public void delivered(Trail trail, String sink, long begun, String error) {
        tell(trail, trail.root(), "sink.deliver", begun, "sink", sink, error);
    }

    /// A span that ends now, of an event that leaves the server.
    private void tell(
            Trail trail,
            String parent,
            String name,
            long begun,
            String kind,
            String receiver,
            String error) {
        following.ifPresent(to ->
                to.exporter()
                        .add(
                                new Span(
                                        trail.trace(),
                                        Ids.span(),
                                        parent,
                                        name,
                                        Span.PRODUCER,
                                        begun,
                                        now(),
                                        Map.of(
                                                "channel",
                                                trail.channel(),
                                                "offset",
                                                trail.offset(),
                                                kind,
                                                receiver),
                                        error)));
    }

    /// Tells of what is left, as far as the collector takes it soon.
    @Override
    public void close() {
        following.ifPresent(to -> to.exporter().close());
    }
}

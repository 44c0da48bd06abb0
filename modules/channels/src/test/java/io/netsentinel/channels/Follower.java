package io.netsentinel.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A reader of one subscription: asks when woken, as a connection's writer does, and hands what it
/// gets to a reference client.
final class Follower implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    final Semaphore wakes = new Semaphore(0);
    final Subscription subscription;
    final ReferenceClient client;
    final List<Step> steps = new ArrayList<>();
    int room = Integer.MAX_VALUE;

    Follower(Hub hub, SubscriptionRequest request) {
        this(hub, request, new ReferenceClient());
    }

    Follower(Hub hub, SubscriptionRequest request, ReferenceClient client) {
        this(hub, request, Expiry.NEVER, client);
    }

    Follower(Hub hub, SubscriptionRequest request, Expiry expiry) {
        this(hub, request, expiry, new ReferenceClient());
    }

    private Follower(Hub hub, SubscriptionRequest request, Expiry expiry, ReferenceClient client) {
        this.client = client;
        this.subscription = hub.subscribe(request, expiry, wakes::release);
        client.position = subscription.start().offset();
    }

    /// Takes what is there now; the pause that ended it.
    Step drain() {
        Step step = subscription.next(room);
        while (!(step instanceof Step.Pause) || lookingOn(step)) {
            if (!lookingOn(step)) {
                steps.add(step);
                receive(step);
            }
            step = subscription.next(room);
        }
        return step;
    }

    /// There was room: it has only looked at as much as it looks at in one go.
    private boolean lookingOn(Step step) {
        return step == Step.Pause.FULL && room == Integer.MAX_VALUE;
    }

    private void receive(Step step) {
        try {
            client.receive(json(step));
        } catch (JsonProcessingException e) {
            throw new AssertionError(json(step), e);
        }
    }

    /// Takes what comes until the client has events up to this offset, or knows that they are gone.
    Follower until(long offset) {
        drain();
        while (subscription.seen() < offset) {
            woken();
            drain();
        }
        return this;
    }

    void woken() {
        try {
            assertThat(wakes.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("woken after offset %d", subscription.seen())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        wakes.drainPermits();
    }

    /// The frames received as text.
    List<String> frames() {
        return steps.stream().map(Follower::json).toList();
    }

    static String json(Step step) {
        return switch (step) {
            case Step.Events events -> Frames.json(events.frame());
            case Gap gap -> gap(gap, "");
            case Step.Pause pause -> throw new AssertionError(pause);
        };
    }

    /// @param prev what the subscription had sent before
    static String json(Step step, long prev) {
        return step instanceof Gap gap ? gap(gap, ",\"prev\":" + prev) : json(step);
    }

    private static String gap(Gap gap, String more) {
        return "{\"type\":\"gap\",\"from\":%d,\"to\":%d,\"reason\":\"%s\"%s}"
                .formatted(gap.from(), gap.to(), gap.reason().text(), more);
    }

    @Override
    public void close() {
        subscription.close();
    }
}

package io.netsentinel.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what a subscription was given.
final class Recorder implements SubscriptionListener {
    final List<Long> events = new CopyOnWriteArrayList<>();
    final List<Gap> gaps = new CopyOnWriteArrayList<>();
    final List<Reset> resets = new CopyOnWriteArrayList<>();
    final List<Subscribed> starts = new CopyOnWriteArrayList<>();
    final List<NetSentinelException> errors = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(Event event) {
        events.add(event.offset());
    }

    @Override
    public void onGap(Gap gap) {
        gaps.add(gap);
    }

    @Override
    public void onSubscribed(Subscribed subscribed) {
        starts.add(subscribed);
    }

    @Override
    public void onReset(Reset reset) {
        resets.add(reset);
    }

    @Override
    public void onError(NetSentinelException error) {
        errors.add(error);
    }

    void await(int count) {
        Wait.until(count + " events, has " + events, () -> events.size() >= count);
    }
}

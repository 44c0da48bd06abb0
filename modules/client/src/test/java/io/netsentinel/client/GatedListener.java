package io.netsentinel.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A listener that is held up in its first call until the test lets it go on.
final class GatedListener implements SubscriptionListener {
    final List<Long> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);

    void open() {
        gate.countDown();
    }

    @Override
    public void onEvent(Event event) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        events.add(event.offset());
    }
}

package io.netsentinel.integrations.listen;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/// A stream that is there already, as if it were the one connection that ever comes. The stream
/// itself stays open.
final class InputDoor implements Door {
    private final InputStream in;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean entered;

    InputDoor(InputStream in) {
        this.in = in;
    }

    @Override
    public Guest accept() throws IOException {
        if (!entered) {
            entered = true;
            return new InputGuest(in);
        }
        try {
            closed.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("closed");
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private record InputGuest(InputStream in) implements Guest {
        @Override
        public String address() {
            return "";
        }

        @Override
        public InputStream open() {
            return in;
        }

        @Override
        public boolean occupies() {
            return true;
        }

        @Override
        public void close() {
            // it belongs to the process
        }
    }
}

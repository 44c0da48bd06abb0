package io.netsentinel.queuing;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Tells of commits, in order, on a thread of its own: first the listeners, then those who
/// appended.
final class Notifier implements AutoCloseable {

    /// Commits not yet told of before the writer waits.
    private static final int MOST_BEHIND = 64;

    private static final System.Logger LOGGER = System.getLogger("io.netsentinel.queuing");
    private static final News END = new News(new Committed(List.of()), List.of(), true);

    private record News(Committed committed, List<Group.Answer> answers, boolean last) {}

    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(MOST_BEHIND);
    private final List<Consumer<Committed>> listeners = new CopyOnWriteArrayList<>();
    private final Counters counters;
    private final Thread thread;

    Notifier(Counters counters) {
        this.counters = counters;
        this.thread = OwnThreads.daemon("log-notifier", this::run);
        thread.start();
    }

    Registration listen(Consumer<Committed> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(Committed committed, List<Group.Answer> answers) {
        put(new News(committed, answers, false));
    }

    private void put(News item) {
        boolean done = false;
        while (!done) {
            try {
                news.put(item);
                done = true;
            } catch (InterruptedException e) {
                // The log's threads are not interrupted; if somebody did it, the news must still go
                // out.
                LOGGER.log(System.Logger.Level.DEBUG, "interrupt ignored", e);
            }
        }
    }

    private void run() {
        for (News next = take(); !next.last(); next = take()) {
            if (!next.committed().batches().isEmpty()) {
                for (Consumer<Committed> listener : listeners) {
                    tell(listener, next.committed());
                }
            }
            next.answers().forEach(this::answer);
        }
    }

    private News take() {
        while (true) {
            try {
                return news.take();
            } catch (InterruptedException e) {
                LOGGER.log(System.Logger.Level.DEBUG, "interrupt ignored", e);
            }
        }
    }

    private static void tell(Consumer<Committed> listener, Committed committed) {
        try {
            listener.accept(committed);
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "a commit listener failed", e);
        }
    }

    private void answer(Group.Answer answer) {
        counters.append.add(System.nanoTime() - answer.pending().asked());
        answer.pending().answer().complete(answer.appended());
    }

    /// Ends the thread after everything told so far.
    @Override
    public void close() {
        put(END);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

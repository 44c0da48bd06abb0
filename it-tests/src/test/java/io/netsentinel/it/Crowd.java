package io.netsentinel.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Very many [DenseClient]s. They are let in some at a time, so that what is measured afterwards is
/// not the crowd at the door.
final class Crowd implements AutoCloseable {
    private static final int AT_THE_DOOR = 64;
    private static final int MOST_TOLD = 5;

    private final int port;
    private final List<DenseClient> clients = new ArrayList<>();

    Crowd(int port) {
        this.port = port;
    }

    /// Lets some more in and waits until all are connected.
    Crowd admit(int count, String channel, String token) {
        for (int n = 0; n < count; n++) {
            clients.add(DenseClient.start(port, channel, token));
            if (n % AT_THE_DOOR == 0) {
                awaitConnected();
            }
        }
        return awaitConnected();
    }

    private Crowd awaitConnected() {
        await("all are connected", DenseClient::connected);
        return this;
    }

    /// Waits until something holds for all; longer while there is progress.
    void await(String what, Predicate<DenseClient> holds) {
        long before = -1;
        long left = clients.size();
        while (left > 0) {
            if (before == left) {
                throw new AssertionError(
                        "waited in vain: " + what + ", not for " + left + problems());
            }
            before = left;
            try {
                Await.until(what, () -> clients.stream().allMatch(holds) || !problems().isEmpty());
            } catch (AssertionError e) {
                if (clients.stream().filter(holds.negate()).count() == before) {
                    throw e;
                }
            }
            requireNoProblem();
            left = clients.stream().filter(holds.negate()).count();
        }
    }

    void requireNoProblem() {
        if (!problems().isEmpty()) {
            throw new AssertionError(problems().toString());
        }
    }

    private Set<String> problems() {
        return clients.stream()
                .map(DenseClient::problem)
                .filter(problem -> !problem.isEmpty())
                .limit(MOST_TOLD)
                .collect(Collectors.toSet());
    }

    List<DenseClient> clients() {
        return clients;
    }

    int size() {
        return clients.size();
    }

    @Override
    public void close() {
        clients.forEach(DenseClient::close);
    }
}

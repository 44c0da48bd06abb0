package io.netsentinel.queuing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One append waiting for its commit.
///
/// @param create channels to be made sure of besides those of the entries
/// @param asked when it came, `System.nanoTime()`
record Pending(
        Append append,
        List<String> create,
        long bytes,
        long asked,
        CompletableFuture<Appended> answer) {

    private static final Append NOTHING = new Append(List.of(), List.of(), Optional.empty());

    static Pending of(Append append) {
        long bytes = 0;
        for (Entry entry : append.entries()) {
            bytes += entry.payload().length;
        }
        return new Pending(append, List.of(), bytes, System.nanoTime(), new CompletableFuture<>());
    }

    static Pending creating(String channel) {
        return new Pending(
                NOTHING, List.of(channel), 0, System.nanoTime(), new CompletableFuture<>());
    }

    int entries() {
        return append.entries().size();
    }
}

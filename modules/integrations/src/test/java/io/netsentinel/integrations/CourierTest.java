package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Appended;
import io.netsentinel.queuing.Bookmark;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.queuing.StorageDegradedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CourierTest {
    private final Stopper stopper = new Stopper();
    private final List<String> refusals = new ArrayList<>();
    private final List<Integer> offered = new ArrayList<>();
    private final List<Integer> arrived = new ArrayList<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private Optional<byte[]> stored = Optional.empty();

    private final Courier courier = new Courier(this::publish, _ -> stored, stopper, refusals::add);

    private static Append append(int number) {
        return new Append(
                List.of(),
                List.of(new Bookmark("s", new byte[] {(byte) number})),
                Optional.empty());
    }

    private CompletableFuture<Appended> publish(Append append) {
        offered.add((int) append.bookmarks().getFirst().value()[0]);
        return failures.isEmpty()
                ? CompletableFuture.completedFuture(new Appended(List.of(), false))
                : CompletableFuture.failedFuture(failures.removeFirst());
    }

    private boolean send(int number) {
        return courier.send(append(number), () -> arrived.add(number));
    }

    @Test
    void theNextIsHandedOverOnlyAfterTheOneBeforeIsThere() {
        failures.add(new QueueFullException("full"));
        failures.add(new StorageDegradedException("disk full"));
        assertThat(send(1)).isTrue();
        assertThat(send(2)).isTrue();
        assertThat(courier.settle()).isTrue();

        assertThat(offered).containsExactly(1, 1, 1, 2);
        assertThat(arrived).containsExactly(1, 2);
        assertThat(refusals)
                .containsExactly(
                        "the log is busy; reading waits",
                        "the log cannot be written to: disk full",
                        "",
                        "");
    }

    @Test
    void whatWasWrittenInSpiteOfAFailureIsNotOfferedAgain() {
        failures.add(new StorageDegradedException("crash"));
        stored = Optional.of(new byte[] {1});
        assertThat(send(1)).isTrue();
        assertThat(courier.settle()).isTrue();

        assertThat(offered).containsExactly(1);
        assertThat(arrived).containsExactly(1);
    }

    @Test
    void aBookmarkThatHasNotMovedDoesNotProveAnything() {
        failures.add(new QueueFullException("full"));
        stored = Optional.of(new byte[] {1});
        Append append =
                new Append(
                        List.of(),
                        List.of(
                                new Bookmark("unmoved", new byte[] {1}),
                                new Bookmark("moved", new byte[] {2})),
                        Optional.empty());
        assertThat(courier.send(append, () -> arrived.add(1))).isTrue();
        assertThat(courier.settle()).isTrue();

        assertThat(offered).containsExactly(1, 1);
    }

    @Test
    void nothingIsHandedOverOnceItIsStopped() {
        failures.add(new QueueFullException("full"));
        assertThat(send(1)).isTrue();
        stopper.stop();

        assertThat(send(2)).isFalse();
        assertThat(arrived).isEmpty();
    }
}

package io.netsentinel.integrations.sink;

import io.netsentinel.integrations.SinkSettings;
import io.netsentinel.integrations.Visible;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Tries a sink that nothing runs: offers it one record that says that it is a test.
public final class SinkTrial {
    private SinkTrial() {}

    /// Closes the sink afterwards.
    ///
    /// @param who whose test the record says it is
    /// @return why the target did not take it; empty when it did
    public static Optional<String> of(SinkSettings settings, Sink sink, String who) {
        SinkRecord record = Notices.test(settings, Clock.systemUTC(), who);
        CompletableFuture<Optional<String>> outcome = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("sink-trial")
                        .start(() -> outcome.complete(offer(sink, record)));
        try {
            return outcome.get(settings.pace().timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            thread.interrupt();
            return Optional.of(
                    "it did not answer within " + settings.pace().timeout().toSeconds() + " s");
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            sink.close();
        }
    }

    private static Optional<String> offer(Sink sink, SinkRecord record) {
        try {
            return Shipment.obstacle(sink.deliver(List.of(record)));
        } catch (IOException | RuntimeException e) {
            String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return Optional.of(Visible.characters(text));
        }
    }
}

package io.netsentinel.transport;

import io.netsentinel.channels.ChannelLimitException;
import io.netsentinel.channels.UnknownChannelException;
import io.netsentinel.queuing.LogClosedException;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.queuing.StorageDegradedException;
import java.time.Duration;
import java.util.concurrent.CompletionException;

/// Turns what goes wrong inside into what a client is told.
final class Refusals {
    private static final Duration QUEUE_RETRY = Duration.ofSeconds(1);
    private static final Duration STORAGE_RETRY = Duration.ofSeconds(10);

    private Refusals() {}

    static ProtocolException of(Throwable failure) {
        return switch (failure) {
            case ProtocolException own -> own;
            case CompletionException wrapper when wrapper.getCause() != null ->
                    of(wrapper.getCause());
            case UnknownChannelException e ->
                    new ProtocolException(
                            ErrorCode.UNKNOWN_CHANNEL, String.valueOf(e.getMessage()), "channel");
            case ChannelLimitException e ->
                    new ProtocolException(
                            ErrorCode.LIMIT_EXCEEDED, String.valueOf(e.getMessage()), "channel");
            case QueueFullException _ ->
                    ProtocolException.later(
                            ErrorCode.QUEUE_FULL,
                            "more events wait for their commit than the server takes",
                            QUEUE_RETRY);
            // why is in the server's log: it names paths
            case StorageDegradedException _ ->
                    ProtocolException.later(
                            ErrorCode.READ_ONLY,
                            "nothing can be stored for now; reading goes on",
                            STORAGE_RETRY);
            case LogClosedException _ ->
                    ProtocolException.later(
                            ErrorCode.INTERNAL, "the server is stopping", QUEUE_RETRY);
            default -> new ProtocolException(ErrorCode.INTERNAL, "the server failed");
        };
    }
}

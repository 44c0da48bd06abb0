package io.netsentinel.channels;

import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.EventLog;

/// Turns "where from" into an offset.
final class Positions {
    private final EventLog log;
    private final HistoryReader history;

    Positions(EventLog log, HistoryReader history) {
        this.log = log;
        this.history = history;
    }

    /// Where a subscription begins. May wait for the log.
    ///
    /// @param announced the newest offset the hub has been told of
    Start resolve(SubscriptionRequest request, ChannelState state, long announced) {
        long first = state.first();
        return switch (request.where()) {
            case Where.Tail() -> start(state, announced, Start.Recovery.NONE);
            case Where.After after -> resume(after, state);
            case Where.Since since -> {
                long before = log.offsetBefore(state.channel(), since.time()).join();
                yield start(state, Math.max(before, first - 1), Start.Recovery.NONE);
            }
            case Where.Last last ->
                    start(state, beforeLast(last.events(), request, state), Start.Recovery.NONE);
        };
    }

    private Start resume(Where.After after, ChannelState state) {
        long oldest = state.first() - 1;
        if (after.offset() == 0 && after.epoch().isEmpty()) {
            return start(state, oldest, Start.Recovery.NONE);
        }
        boolean known =
                after.epoch()
                        .map(e -> log.recoverable(state.channel(), e, after.offset()))
                        .orElse(after.offset() <= state.tail());
        if (!known) {
            return start(state, oldest, Start.Recovery.EPOCH);
        }
        return after.offset() < oldest
                ? start(state, oldest, Start.Recovery.RETENTION)
                : start(state, after.offset(), Start.Recovery.RECOVERED);
    }

    /// The position before the last events that pass.
    private long beforeLast(int events, SubscriptionRequest request, ChannelState state) {
        Selection selection = request.filter().and(request.rows());
        if (selection.open()) {
            return Math.max(state.first() - 1, state.tail() - events);
        }
        HistoryPage page =
                history.read(
                        HistoryRequest.of(state.channel())
                                .backwards()
                                .limit(events)
                                .selecting(selection));
        return page.events().isEmpty() ? state.tail() : page.events().getLast().offset() - 1;
    }

    private static Start start(ChannelState state, long offset, Start.Recovery recovery) {
        return new Start(state.epoch(), offset, state.tail(), state.first(), recovery);
    }
}

package io.netsentinel.transport;

import io.netsentinel.channels.Subscription;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The subscriptions of one connection: by name for the reader, as an array for the writer. Takes
/// no memory while there is none.
final class Cursors {
    private static final Subscription[] NONE = {};

    /// Channels a connection can follow through patterns, for each named subscription allowed.
    private static final int CHANNELS_PER_NAME = 8;

    private volatile Subscription[] all = NONE;
    private @Nullable Map<String, Wanted> names;
    private boolean closed;

    /// For the writer.
    Subscription[] all() {
        return all;
    }

    /// Takes a name.
    ///
    /// @param most names allowed
    synchronized void reserve(Wanted wanted, int most) {
        if (closed) {
            throw new ProtocolException(ErrorCode.NOT_AVAILABLE, "the connection is over");
        }
        Map<String, Wanted> taken = names == null ? new HashMap<>(4) : names;
        if (taken.containsKey(wanted.label())) {
            throw new ProtocolException(
                    ErrorCode.ALREADY_SUBSCRIBED,
                    "there is a subscription \"" + wanted.label() + "\" already",
                    "sub");
        }
        if (taken.size() >= most) {
            throw new ProtocolException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a connection may have " + most + " subscriptions",
                    "sub");
        }
        taken.put(wanted.label(), wanted);
        names = taken;
    }

    /// Refuses when so many cursors more would be too many.
    ///
    /// @param most names allowed
    synchronized void requireRoom(int more, int most) {
        if (all.length + more > most * CHANNELS_PER_NAME) {
            throw new ProtocolException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "a connection may follow " + most * CHANNELS_PER_NAME + " channels",
                    "channel");
        }
    }

    /// Adds a cursor under a name that is taken.
    ///
    /// @param most names allowed
    /// @return false when the name or the connection is gone; the cursor is closed then
    synchronized boolean add(Subscription cursor, int most) {
        if (closed || names == null || !names.containsKey(cursor.label())) {
            cursor.close();
            return false;
        }
        try {
            requireRoom(1, most);
        } catch (ProtocolException e) {
            cursor.close();
            throw e;
        }
        Subscription[] more = Arrays.copyOf(all, all.length + 1);
        more[all.length] = cursor;
        all = more;
        return true;
    }

    /// Ends a subscription.
    ///
    /// @return what it was; empty when there is none of this name
    synchronized Optional<Wanted> remove(String label) {
        Wanted known = names == null ? null : names.remove(label);
        if (known == null) {
            return Optional.empty();
        }
        Arrays.stream(all).filter(one -> one.label().equals(label)).forEach(Subscription::close);
        all =
                Arrays.stream(all)
                        .filter(one -> !one.label().equals(label))
                        .toArray(Subscription[]::new);
        return Optional.of(known);
    }

    /// Whether a name follows a channel already.
    boolean has(String label, String channel) {
        return Arrays.stream(all)
                .anyMatch(one -> one.label().equals(label) && one.channel().equals(channel));
    }

    /// The patterns a channel is meant by.
    synchronized List<Wanted> patternsFor(String channel) {
        return names == null
                ? List.of()
                : names.values().stream()
                        .filter(one -> !one.channels().exact())
                        .filter(one -> one.channels().matches(channel))
                        .toList();
    }

    /// Whether a name is in use.
    synchronized boolean taken(String label) {
        return names != null && names.containsKey(label);
    }

    /// What is followed now.
    synchronized List<Following> following() {
        Map<String, Wanted> wanted = names == null ? Map.of() : names;
        return Arrays.stream(all)
                .map(one ->
                        new Following(
                                one.label(),
                                one.channel(),
                                Optional.ofNullable(wanted.get(one.label()))
                                        .map(its -> its.filter().text())
                                        .orElse(""),
                                one.sent(),
                                one.lag()))
                .toList();
    }

    /// Names in use.
    synchronized int size() {
        return names == null ? 0 : names.size();
    }

    /// Ends all for good.
    ///
    /// @return what they were
    synchronized List<Wanted> close() {
        closed = true;
        List<Wanted> ended = names == null ? List.of() : List.copyOf(names.values());
        names = null;
        for (Subscription one : all) {
            one.close();
        }
        all = NONE;
        return ended;
    }
}

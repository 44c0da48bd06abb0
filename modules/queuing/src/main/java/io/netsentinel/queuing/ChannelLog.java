package io.netsentinel.queuing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One channel in memory. The writer moves `tail` and `epochs`, retention moves `first`; everyone
/// reads.
final class ChannelLog {

    private static final int MOST_EPOCHS = 64;
    private static final int OFFSET_BITS = 48;

    private final int number;
    private final String name;
    private volatile List<Epoch> epochs;
    private volatile long first;
    private volatile long tail;

    /// What an event of it usually has, as the last page that was read says; a guess at first.
    private volatile int usualBytes = 512;

    ChannelLog(int number, String name, List<Epoch> epochs, long first, long tail) {
        this.number = number;
        this.name = name;
        this.epochs = epochs.stream().sorted(Comparator.comparingLong(Epoch::first)).toList();
        this.first = first;
        this.tail = tail;
    }

    static ChannelLog created(int number, String name) {
        return new ChannelLog(number, name, List.of(Epoch.startingAt(1)), 1, 0);
    }

    int number() {
        return number;
    }

    String name() {
        return name;
    }

    long first() {
        return first;
    }

    int usualBytes() {
        return usualBytes;
    }

    /// So many events with so many bytes of payload were read.
    void read(int events, long bytes) {
        if (events > 0) {
            usualBytes = (int) Math.max(1, bytes / events);
        }
    }

    long tail() {
        return tail;
    }

    List<Epoch> epochs() {
        return epochs;
    }

    /// The epoch an offset belongs to.
    Epoch epochOf(long offset) {
        List<Epoch> all = epochs;
        for (int i = all.size() - 1; i > 0; i--) {
            if (all.get(i).first() <= offset) {
                return all.get(i);
            }
        }
        return all.getFirst();
    }

    Epoch epoch() {
        return epochs.getLast();
    }

    /// The last offset of an epoch: the one before the next epoch, or `tail`.
    long lastOf(Epoch epoch) {
        List<Epoch> all = epochs;
        int next = all.indexOf(epoch) + 1;
        return next < all.size() ? all.get(next).first() - 1 : tail;
    }

    boolean recoverable(String epoch, long offset) {
        return offset >= 0
                && epochs.stream().anyMatch(e -> e.id().equals(epoch) && offset <= lastOf(e));
    }

    void appended(long newTail) {
        tail = newTail;
    }

    /// Retention took everything below; never moves back, and never above the next offset.
    void expiredBelow(long offset) {
        first = Math.clamp(offset, first, tail + 1);
    }

    /// Begins a new epoch above everything ever given out.
    Epoch breakAbove(long offset) {
        Epoch begun = Epoch.startingAt(Math.max(offset, tail) + 1);
        List<Epoch> all = new ArrayList<>(epochs);
        all.removeIf(e -> e.first() == begun.first());
        all.add(begun);
        epochs = List.copyOf(all.subList(Math.max(0, all.size() - MOST_EPOCHS), all.size()));
        tail = begun.first() - 1;
        return begun;
    }

    ChannelState state() {
        return new ChannelState(name, epoch().id(), first, tail);
    }

    long id(long offset) {
        return id(number, offset);
    }

    static long id(int channel, long offset) {
        return ((long) channel << OFFSET_BITS) | offset;
    }

    static int channelOf(long id) {
        return (int) (id >>> OFFSET_BITS);
    }

    static long offsetOf(long id) {
        return id & ((1L << OFFSET_BITS) - 1);
    }
}

package io.netsentinel.detection.topology;

/// What is seen again and again.
abstract sealed class Traced permits Host, Edge, Service {
    private long first;
    private long last;
    private boolean changed = true;
    private boolean told;
    private boolean gone;

    Traced(long first, long last) {
        this.first = first;
        this.last = last;
    }

    /// Seen in that time, whatever the order in which it is told of.
    final void seen(long from, long to) {
        first = Math.min(first, from);
        last = Math.max(last, to);
        changed = true;
    }

    /// When it was seen first, milliseconds since 1970.
    final long first() {
        return first;
    }

    final long last() {
        return last;
    }

    /// Whether there is something that was not told yet.
    final boolean changed() {
        return changed;
    }

    /// Whether anything was ever told of it.
    final boolean told() {
        return told;
    }

    final void tell() {
        told = true;
        changed = false;
    }

    /// It is known, but has changed since.
    final void tellOnce() {
        told = true;
    }

    /// It was given up or forgotten.
    final void leave() {
        gone = true;
    }

    final boolean gone() {
        return gone;
    }
}

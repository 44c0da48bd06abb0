package io.netsentinel.channels;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The subscriptions of one view. Joining and leaving cost the same however many there are; the
/// array to wake them by is made anew only when somebody joined or left since.
final class Subscribers {
    private final Set<Subscription> members = new LinkedHashSet<>();
    private Subscription @Nullable [] array;
    private volatile int size;

    synchronized void add(Subscription one) {
        members.add(one);
        changed();
    }

    synchronized void remove(Subscription one) {
        members.remove(one);
        changed();
    }

    int size() {
        return size;
    }

    synchronized Subscription[] all() {
        Subscription[] current = array;
        if (current == null) {
            current = members.toArray(Subscription[]::new);
            array = current;
        }
        return current;
    }

    private void changed() {
        size = members.size();
        array = null;
    }
}

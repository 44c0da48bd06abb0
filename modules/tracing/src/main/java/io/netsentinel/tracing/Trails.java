package io.netsentinel.tracing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The newest traced events by channel and offset; older ones are followed no further. Any thread.
final class Trails {
    private final int most;
    private final Map<String, NavigableMap<Long, Trail>> byChannel = new HashMap<>();
    private final Map<String, List<Trail>> unspread = new HashMap<>();
    private final Deque<Trail> ages = new ArrayDeque<>();

    Trails(int most) {
        this.most = most;
    }

    synchronized void add(Trail trail) {
        if (ages.size() >= most) {
            forget(ages.removeFirst());
        }
        ages.addLast(trail);
        byChannel.computeIfAbsent(trail.channel(), _ -> new TreeMap<>()).put(trail.offset(), trail);
        unspread.computeIfAbsent(trail.channel(), _ -> new ArrayList<>()).add(trail);
    }

    private void forget(Trail trail) {
        NavigableMap<Long, Trail> channel = byChannel.get(trail.channel());
        if (channel != null) {
            channel.remove(trail.offset(), trail);
        }
        List<Trail> waiting = unspread.get(trail.channel());
        if (waiting != null) {
            waiting.remove(trail);
        }
    }

    /// Those above one offset and at most another.
    synchronized List<Trail> within(String channel, long after, long to) {
        NavigableMap<Long, Trail> trails = byChannel.get(channel);
        return trails == null || trails.isEmpty() || after >= to
                ? List.of()
                : List.copyOf(trails.subMap(after, false, to, true).values());
    }

    /// Those of a channel that nobody was woken for yet; each is given once.
    synchronized List<Trail> unspread(String channel) {
        List<Trail> waiting = unspread.remove(channel);
        return waiting == null ? List.of() : waiting;
    }
}

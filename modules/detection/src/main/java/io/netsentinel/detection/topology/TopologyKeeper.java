package io.netsentinel.detection.topology;

import io.netsentinel.detection.TopologyMap;
import io.netsentinel.detection.TopologySettings;
import io.netsentinel.detection.finding.Keeping;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Channel;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps who talks to whom, and tells of it on the channel `topology`: at once what is new, and in
/// regular times what has changed. Among the detectors it finds newcomers.
public final class TopologyKeeper implements Keeping {
    /// Of what is new so much at a time.
    private static final int MOST_NEW = 500;

    /// What is more is told with what has changed.
    private static final int MOST_WAITING = 20_000;

    private static final Duration WHOLE = Duration.ofHours(6);
    private static final int LEAST_RECORDS = 2_000;
    private static final int GROWTH = 3;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final TopologySettings settings;
    private final Clock clock;
    private final TopologyLog stored;
    private final Newcomers newcomers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Long> reached = new HashMap<>();
    private final Deque<Traced> fresh = new ArrayDeque<>();
    private Graph graph;
    private boolean whole;
    private boolean changed;
    private int records;
    private long wholeAt = System.nanoTime();
    private long changedAt = System.nanoTime();
    private long freshAt = System.nanoTime();

    /// Nothing is read yet.
    public TopologyKeeper(EventLog log, TopologySettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.stored = new TopologyLog(log, settings);
        this.newcomers = new Newcomers(this, settings);
        this.graph = new Graph(settings);
    }

    @Override
    public String name() {
        return "newcomer";
    }

    @Override
    public Set<String> channels() {
        return Set.of(Channel.NETWORK);
    }

    @Override
    public Set<String> fields() {
        return Contact.fields();
    }

    @Override
    public void restore() {
        stored.last()
                .ifPresent(last -> {
                    lock.lock();
                    try {
                        graph = last.graph();
                        reached.putAll(last.progress());
                        records = last.records();
                        whole = true;
                    } finally {
                        lock.unlock();
                    }
                });
    }

    @Override
    public long reached(String channel) {
        return reached.getOrDefault(channel, 0L);
    }

    @Override
    public void see(Sighting sighting, Findings findings) {
        Optional<Contact> contact = Contact.of(sighting);
        // a clock that runs ahead would make all others look long gone
        if (contact.isEmpty() || contact.get().last() > clock.millis() + AHEAD.toMillis()) {
            return;
        }
        lock.lock();
        try {
            Graph.Fresh news = graph.note(contact.get());
            changed = true;
            if (!news.nothing()) {
                if (fresh.size() < MOST_WAITING) {
                    fresh.addAll(news.hosts());
                    news.edge().ifPresent(fresh::add);
                    // a service is told of with its host
                    if (news.hosts().isEmpty() && news.service().isPresent()) {
                        graph.find(contact.get().destination()).ifPresent(fresh::add);
                    }
                }
                newcomers.look(graph, news, contact.get(), sighting, findings);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean urgent() {
        return (!fresh.isEmpty() && due(freshAt, SOON))
                || (changed && due(changedAt, settings.every()));
    }

    private static boolean due(long since, Duration after) {
        return System.nanoTime() - since >= after.toNanos();
    }

    @Override
    public List<Entry> changes(Map<String, Long> progress, boolean end) {
        lock.lock();
        try {
            List<Entry> entries = new ArrayList<>();
            boolean everything =
                    !whole
                            || due(wholeAt, WHOLE)
                            || records > Math.max(LEAST_RECORDS, GROWTH * graph.size());
            boolean begins = !whole && !fresh.isEmpty();
            if (end || begins || due(changedAt, settings.every())) {
                graph.sweep();
                // who follows takes in only what was told as new
                while (whole && !fresh.isEmpty()) {
                    entries.addAll(news().entries());
                }
                TopologyEvents events =
                        everything
                                ? told(TopologyEvents.WHOLE, true)
                                : told(TopologyEvents.CHANGED, false);
                Map<String, Long> own = new HashMap<>();
                channels().forEach(each -> own.put(each, progress.getOrDefault(each, 0L)));
                events.progress(own);
                entries.addAll(events.entries());
                changedAt = System.nanoTime();
                changed = false;
                fresh.clear();
            } else if (urgent()) {
                entries.addAll(news().entries());
            } else {
                return List.of();
            }
            freshAt = System.nanoTime();
            return entries;
        } finally {
            lock.unlock();
        }
    }

    private TopologyEvents told(String action, boolean everything) {
        TopologyEvents events = new TopologyEvents(action, graph, clock.instant());
        int before = records;
        for (Host host : graph.hosts()) {
            if (everything || host.changed()) {
                events.host(host);
                host.tell();
                records++;
            }
        }
        for (Edge edge : graph.edges()) {
            if (everything || edge.changed()) {
                events.edge(edge);
                edge.tell();
                records++;
            }
        }
        gone(events);
        if (everything) {
            records -= before;
            whole = true;
            wholeAt = System.nanoTime();
        }
        return events;
    }

    private void gone(TopologyEvents events) {
        graph.takeGoneEdges().forEach(events::gone);
        graph.takeGoneHosts().forEach(events::gone);
    }

    private TopologyEvents news() {
        TopologyEvents events = new TopologyEvents(TopologyEvents.NEW, graph, clock.instant());
        for (int told = 0; told < MOST_NEW && !fresh.isEmpty(); ) {
            Traced traced = fresh.removeFirst();
            if (!traced.gone()) {
                tell(traced, events);
                told++;
                records++;
            }
        }
        return events;
    }

    private static void tell(Traced traced, TopologyEvents events) {
        switch (traced) {
            case Host host -> events.host(host);
            case Edge edge -> events.edge(edge);
            case Service _ -> {
                // with its host
            }
        }
        traced.tellOnce();
    }

    /// As it is now.
    public TopologyMap now(int edges) {
        lock.lock();
        try {
            return Views.map(graph, clock.instant(), settings.learning(), edges);
        } finally {
            lock.unlock();
        }
    }

    /// As it was known at a moment; empty when nothing of that time is kept.
    public Optional<TopologyMap> at(Instant time, int edges) {
        return stored.at(time)
                .map(then -> Views.map(then.graph(), time, settings.learning(), edges));
    }

    @Override
    public int tracked() {
        lock.lock();
        try {
            return graph.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long evicted() {
        lock.lock();
        try {
            return graph.evictedHosts() + graph.evictedEdges();
        } finally {
            lock.unlock();
        }
    }
}

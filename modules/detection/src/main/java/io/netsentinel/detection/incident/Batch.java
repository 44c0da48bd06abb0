package io.netsentinel.detection.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one batch of evidence does to incidents, laid over what the tables say.
final class Batch {
    private final Known known;
    private final Instant now;
    private final Map<String, List<Span>> spans = new HashMap<>();
    private final Map<String, Draft> drafts = new LinkedHashMap<>();
    private final Map<String, String> mergedInto = new HashMap<>();
    private int open;

    Batch(Known known, Instant now) {
        this.known = known;
        this.now = now;
        this.open = known.open();
    }

    /// Looks up in one step what the tables say about all of it.
    void load(Collection<Evidence> evidence) {
        Set<String> keys = new HashSet<>();
        evidence.forEach(each -> keys.addAll(each.keys()));
        keys.removeAll(spans.keySet());
        Map<String, List<Span>> stored = known.spans(keys);
        keys.forEach(key -> spans.put(key, stored.getOrDefault(key, List.of())));
    }

    private List<Span> spans(String key) {
        return spans.computeIfAbsent(
                key, missing -> known.spans(List.of(missing)).getOrDefault(missing, List.of()));
    }

    /// The incidents a key leads to at a moment.
    List<Draft> near(String key, long time, long window) {
        List<Draft> found = new ArrayList<>();
        for (Span span : spans(key)) {
            if (span.near(time, window)) {
                draft(span.incident())
                        .filter(draft -> !found.contains(draft))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Draft> draft(String id) {
        String current = id;
        while (mergedInto.containsKey(current)) {
            current = mergedInto.get(current);
        }
        Draft draft = drafts.get(current);
        if (draft == null) {
            Optional<Kept> kept =
                    known.incident(current).filter(row -> row.incident().mergedInto().isEmpty());
            kept.ifPresent(row -> drafts.put(row.incident().id(), Draft.of(row, now)));
            draft = drafts.get(current);
        }
        return Optional.ofNullable(draft);
    }

    Draft create(String related) {
        Draft draft = Draft.open(related, now);
        drafts.put(draft.id(), draft);
        open++;
        return draft;
    }

    /// A key leads to the incident at that moment, too.
    void extend(String key, Draft draft, long time, long window) {
        List<Span> before =
                spans(key).stream().map(span -> span.of(current(span.incident()))).toList();
        boolean leads = before.stream().anyMatch(span -> span.incident().equals(draft.id()));
        if (!leads && !draft.takesKeys()) {
            return;
        }
        List<Span> after = Span.with(before, draft.id(), time, window);
        spans.put(key, after);
        draft.span(key, after.getLast());
    }

    private String current(String id) {
        String current = id;
        while (mergedInto.containsKey(current)) {
            current = mergedInto.get(current);
        }
        return current;
    }

    void merged(Draft gone, Draft into) {
        mergedInto.put(gone.id(), into.id());
        drafts.remove(gone.id());
        open--;
    }

    int open() {
        return open;
    }

    /// The incidents it changed, without those that went into another one.
    List<Draft> changed() {
        return drafts.values().stream().filter(Draft::changed).toList();
    }

    /// Which incidents went into which.
    Map<String, String> merges() {
        return mergedInto;
    }
}

package io.netsentinel.detection.incident;

import io.netsentinel.detection.IncidentSettings;
import io.netsentinel.detection.Resolution;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Joins evidence to incidents.
///
/// What deserves one opens an incident, and everything that deserves one and shares a key within
/// the window is in the same: incidents are the connected parts of a graph, so the order in which
/// evidence arrives makes no difference. Weaker evidence never connects; it supports every incident
/// it shares a key with.
final class Correlator {
    /// An incident does not grow older than this: what goes on for ever is told anew every day.
    private static final long LONGEST_MS = 86_400_000;

    private final IncidentSettings settings;
    private final Waiting waiting;

    Correlator(IncidentSettings settings, Waiting waiting) {
        this.settings = settings;
        this.waiting = waiting;
    }

    Batch run(List<Evidence> evidence, Known known, Instant now) {
        Batch batch = new Batch(known, now);
        batch.load(evidence);
        evidence.stream()
                .sorted(Comparator.comparingLong(Evidence::time).thenComparing(Evidence::id))
                .forEach(each -> take(each, batch));
        return batch;
    }

    private void take(Evidence evidence, Batch batch) {
        waiting.add(evidence);
        for (Evidence opener : openers(evidence)) {
            if (!opener.promoted()) {
                opener.promote();
                place(opener, batch);
            }
        }
        if (!evidence.promoted()) {
            support(evidence, batch);
        }
    }

    /// What opens incidents now that this is known.
    private List<Evidence> openers(Evidence evidence) {
        Set<Evidence> found = new LinkedHashSet<>();
        if (evidence.opens(settings.score())) {
            found.add(evidence);
        } else {
            found.addAll(repeated(evidence));
        }
        // also when it opens one itself: it may be what another was waiting for
        if (!evidence.flow().isEmpty()) {
            for (Evidence other : waiting.near(evidence.flow(), evidence.time(), window())) {
                if (other.opensWith(evidence, settings.score())) {
                    found.add(other);
                }
                if (evidence.opensWith(other, settings.score())) {
                    found.add(evidence);
                }
            }
        }
        return List.copyOf(found);
    }

    /// All that lies in some window which holds enough of the same.
    private List<Evidence> repeated(Evidence evidence) {
        List<Evidence> same =
                waiting.repetitions(evidence, window()).stream()
                        .sorted(Comparator.comparingLong(Evidence::time))
                        .toList();
        Set<Evidence> enough = new LinkedHashSet<>();
        int at = same.indexOf(evidence);
        int last = Math.min(at, same.size() - settings.repeats());
        for (int first = Math.max(0, at - settings.repeats() + 1); first <= last; first++) {
            List<Evidence> some = same.subList(first, first + settings.repeats());
            if (some.getLast().time() - some.getFirst().time() <= window()) {
                enough.addAll(some);
            }
        }
        return List.copyOf(enough);
    }

    private void place(Evidence opener, Batch batch) {
        Draft draft = home(opener, batch);
        draft.add(opener, true);
        for (String key : opener.keys()) {
            batch.extend(key, draft, opener.time(), window());
            waiting.gather(
                    key,
                    draft.id(),
                    opener.time(),
                    window(),
                    near -> draft.add(near, near.promoted()));
        }
    }

    /// The incident it belongs to: the one it matches, all that it matches made one, or a new one.
    private Draft home(Evidence opener, Batch batch) {
        Set<Draft> matching = new LinkedHashSet<>();
        Set<String> closed = new LinkedHashSet<>();
        for (String key : opener.keys()) {
            for (Draft draft : batch.near(key, opener.time(), window())) {
                if (takes(draft, opener)) {
                    matching.add(draft);
                } else {
                    closed.add(draft.id());
                }
            }
        }
        if (matching.isEmpty()) {
            return open(opener, closed, batch);
        }
        // people decide about what they work on: the strongest key comes first
        Draft survivor =
                matching.stream()
                        .filter(Draft::touched)
                        .findFirst()
                        .orElseGet(() -> earliest(matching));
        for (Draft other : matching) {
            if (other != survivor && !other.touched()) {
                merge(survivor, other, batch);
            }
        }
        return survivor;
    }

    private static Draft earliest(Set<Draft> drafts) {
        return drafts.stream()
                .min(Comparator.comparing(Draft::first).thenComparing(Draft::id))
                .orElseThrow();
    }

    private static boolean takes(Draft draft, Evidence evidence) {
        return switch (draft.stored().status()) {
            case NEW, TRIAGED, CONTAINED ->
                    Math.abs(evidence.time() - draft.first().toEpochMilli()) <= LONGEST_MS;
            // what was judged to be no attack once is none the next time
            case CLOSED ->
                    draft.stored()
                            .resolution()
                            .filter(r -> r == Resolution.FALSE_POSITIVE)
                            .filter(_ -> draft.knowsRule(evidence.rule()))
                            .isPresent();
        };
    }

    private Draft open(Evidence opener, Set<String> closed, Batch batch) {
        if (batch.open() >= settings.mostOpen()) {
            List<Draft> overflow = batch.near(JoinKeys.OVERFLOW, opener.time(), window());
            Draft draft =
                    overflow.stream()
                            .filter(each -> takes(each, opener))
                            .findFirst()
                            .orElseGet(() -> batch.create(""));
            batch.extend(JoinKeys.OVERFLOW, draft, opener.time(), window());
            return draft;
        }
        return batch.create(closed.stream().findFirst().orElse(""));
    }

    private void merge(Draft survivor, Draft other, Batch batch) {
        absorb(survivor, other);
        batch.merged(other, survivor);
    }

    /// Makes one of two. Evidence that was in both counts once.
    void absorb(Draft survivor, Draft other) {
        survivor.absorb(other);
        for (Evidence evidence : waiting.all()) {
            if (evidence.in(other.id()) && !evidence.join(survivor.id())) {
                survivor.countedTwice(evidence);
            }
        }
    }

    /// Somebody has put evidence into another incident. It does not come back by itself.
    void moved(Set<String> ids, String to) {
        for (Evidence evidence : waiting.all()) {
            if (ids.contains(evidence.id())) {
                boolean _ = evidence.join(to);
            }
        }
    }

    private void support(Evidence evidence, Batch batch) {
        for (String key : evidence.keys()) {
            for (Draft draft : batch.near(key, evidence.time(), window())) {
                if (takes(draft, evidence)) {
                    draft.add(evidence, false);
                }
            }
        }
    }

    private long window() {
        return settings.window().toMillis();
    }
}

package io.netsentinel.channels;

import io.netsentinel.queuing.CursorTable;
import io.netsentinel.queuing.StoredCursor;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A place kept under a name, and who holds it. Whoever uses it holds its monitor.
final class DurableCursor {
    private final DurableRequest what;
    private final Instant created;
    private final Map<String, StoredCursor.Place> places = new HashMap<>();
    private final Set<String> unsaved = new HashSet<>();
    private Instant lastSeen;
    private boolean undescribed;
    private boolean kept;
    private boolean gone;
    private @Nullable DurableHold holder;

    DurableCursor(DurableRequest what, Instant now) {
        this.what = what;
        this.created = now;
        this.lastSeen = now;
        this.undescribed = true;
    }

    DurableCursor(StoredCursor stored) {
        this.what =
                new DurableRequest(
                        stored.user(), stored.name(), stored.channels(), stored.filter());
        this.created = stored.created();
        this.lastSeen = stored.lastSeen();
        this.places.putAll(stored.places());
        this.kept = true;
    }

    DurableRequest what() {
        return what;
    }

    Optional<DurableHold> holder() {
        return Optional.ofNullable(holder);
    }

    void held(DurableHold by, Instant now) {
        holder = by;
        seen(now);
    }

    void left(Instant now) {
        holder = null;
        seen(now);
    }

    void seen(Instant now) {
        lastSeen = now;
        undescribed = true;
    }

    Instant lastSeen() {
        return lastSeen;
    }

    boolean isGone() {
        return gone;
    }

    void end() {
        gone = true;
        holder = null;
    }

    Map<String, StoredCursor.Place> places() {
        return places;
    }

    /// Everything up to a place is dealt with, or is wanted again from there.
    void move(String channel, StoredCursor.Place place) {
        if (!place.equals(places.put(channel, place))) {
            unsaved.add(channel);
        }
    }

    StoredCursor stored() {
        return new StoredCursor(
                what.user(),
                what.name(),
                what.channels(),
                what.filter(),
                created,
                lastSeen,
                places);
    }

    /// It is worth keeping from now on.
    void keep() {
        kept = true;
    }

    boolean isKept() {
        return kept;
    }

    /// Adds what is not stored yet to a batch.
    ///
    /// @return how many rows
    int save(CursorTable.Changes changes) {
        if (gone || !kept || (!undescribed && unsaved.isEmpty())) {
            return 0;
        }
        int before = changes.size();
        StoredCursor all = stored();
        if (undescribed) {
            changes.describe(all);
        }
        for (String channel : unsaved) {
            StoredCursor.Place place = places.get(channel);
            if (place != null) {
                changes.move(all, channel, place);
            }
        }
        undescribed = false;
        unsaved.clear();
        return changes.size() - before;
    }

    /// What was to be stored was not: all of it has to be, the next time.
    void unsave() {
        undescribed = true;
        unsaved.addAll(places.keySet());
    }
}

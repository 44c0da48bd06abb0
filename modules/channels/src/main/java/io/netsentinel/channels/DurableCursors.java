package io.netsentinel.channels;

import io.netsentinel.queuing.CursorTable;
import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoredCursor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Durable subscriptions: the places of subscriptions, kept under a name while nobody holds them
/// and written to the disk while somebody does.
///
/// Every method may be called from any thread. [#save()] and [#forget(Duration)] want to be called
/// again and again.
public final class DurableCursors {
    private static final int BATCH = 2_000;

    private final CursorTable table;
    private final int perUser;
    private final int most;
    private final InstantSource clock;
    private final ConcurrentNavigableMap<String, DurableCursor> cursors =
            new ConcurrentSkipListMap<>();

    /// Those that are held, or changed since they were written.
    private final Set<DurableCursor> active = ConcurrentHashMap.newKeySet();

    private final LongAdder acknowledgements = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder takeovers = new LongAdder();
    private final LongAdder purged = new LongAdder();
    private final LongAdder forgotten = new LongAdder();

    private DurableCursors(CursorTable table, int perUser, int most, InstantSource clock) {
        this.table = table;
        this.perUser = perUser;
        this.most = most;
        this.clock = clock;
        for (StoredCursor one : table.all()) {
            DurableCursor cursor = new DurableCursor(one);
            cursors.put(cursor.what().key(), cursor);
        }
    }

    /// What is stored in a log's main database.
    ///
    /// @param perUser places of one user
    /// @param most places altogether
    public static DurableCursors open(Store store, int perUser, int most, InstantSource clock) {
        return new DurableCursors(new CursorTable(store), perUser, most, clock);
    }

    /// What came of the wish to hold a place.
    public sealed interface Held permits DurableHold, Refused {}

    /// Why a place cannot be held.
    public enum Refused implements Held {
        /// The name is kept for another channel or pattern.
        OTHER_CHANNELS,
        /// The name is kept for another filter.
        OTHER_FILTER,
        /// The same owner holds it already.
        HELD_ALREADY,
        /// The user has as many as allowed.
        USER_LIMIT,
        /// There are as many as allowed.
        LIMIT
    }

    /// Takes hold of a place, away from whoever has it. A name that is not known yet becomes a new
    /// place, which is kept from [DurableHold#store()] on.
    ///
    /// @param owner who wants it; nobody takes a place away from themselves
    /// @param ended called once when somebody else ends the hold; must not block
    public Held hold(DurableRequest request, Object owner, Consumer<DurableHold.End> ended) {
        while (true) {
            @Nullable DurableCursor cursor = cursors.get(request.key());
            if (cursor == null) {
                if (cursors.size() >= most) {
                    return Refused.LIMIT;
                }
                if (of(request.user()).size() >= perUser) {
                    return Refused.USER_LIMIT;
                }
                cursor = new DurableCursor(request, clock.instant());
                if (cursors.putIfAbsent(request.key(), cursor) != null) {
                    continue;
                }
            }
            Optional<DurableHold> before;
            DurableHold hold;
            synchronized (cursor) {
                if (cursor.isGone()) {
                    continue;
                }
                before = cursor.holder();
                Optional<Refused> refused = refused(cursor, request, owner);
                if (refused.isPresent()) {
                    return refused.get();
                }
                before.ifPresent(DurableHold::update);
                hold = new DurableHold(this, cursor, owner, ended);
                cursor.held(hold, clock.instant());
                active.add(cursor);
            }
            before.ifPresent(one -> {
                takeovers.increment();
                one.end(DurableHold.End.TAKEN_OVER);
            });
            return hold;
        }
    }

    private static Optional<Refused> refused(
            DurableCursor cursor, DurableRequest request, Object owner) {
        if (!cursor.what().channels().equals(request.channels())) {
            return Optional.of(Refused.OTHER_CHANNELS);
        }
        if (!cursor.what().filter().equals(request.filter())) {
            return Optional.of(Refused.OTHER_FILTER);
        }
        return cursor.holder().filter(one -> one.isOf(owner)).map(_ -> Refused.HELD_ALREADY);
    }

    private ConcurrentNavigableMap<String, DurableCursor> of(String user) {
        return cursors.subMap(user + '\0', user + '\1');
    }

    /// Writes down how far everybody is. The future completes after the durable commit.
    public CompletableFuture<Void> save() {
        List<CompletableFuture<Void>> commits = new ArrayList<>();
        List<DurableCursor> saved = new ArrayList<>();
        CursorTable.Changes changes = table.changes();
        for (DurableCursor cursor : List.copyOf(active)) {
            synchronized (cursor) {
                cursor.holder().ifPresent(DurableHold::update);
                if (cursor.save(changes) > 0) {
                    saved.add(cursor);
                } else if (cursor.holder().isEmpty()) {
                    active.remove(cursor);
                }
            }
            if (changes.size() >= BATCH) {
                commits.add(commit(changes, saved));
                changes = table.changes();
                saved = new ArrayList<>();
            }
        }
        if (changes.size() > 0) {
            commits.add(commit(changes, saved));
        }
        return CompletableFuture.allOf(commits.toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> commit(CursorTable.Changes changes, List<DurableCursor> saved) {
        int rows = changes.size();
        return changes.commit()
                .whenComplete((_, failure) -> {
                    if (failure == null) {
                        stored.add(rows);
                    } else {
                        saved.forEach(this::again);
                    }
                });
    }

    private void again(DurableCursor cursor) {
        synchronized (cursor) {
            if (!cursor.isGone()) {
                cursor.unsave();
                active.add(cursor);
            }
        }
    }

    /// Places and who holds them, by user and name.
    ///
    /// @param user only this user's; empty for all
    /// @param after only those after this user, `\0` and name; empty for the first ones
    /// @param limit how many
    public List<DurableInfo> list(String user, String after, int limit) {
        return (user.isEmpty() ? cursors : of(user))
                .values().stream()
                        .filter(cursor -> cursor.what().key().compareTo(after) > 0)
                        .limit(limit)
                        .map(DurableCursors::info)
                        .toList();
    }

    private static DurableInfo info(DurableCursor cursor) {
        synchronized (cursor) {
            cursor.holder().ifPresent(DurableHold::update);
            return new DurableInfo(cursor.stored(), cursor.holder().isPresent());
        }
    }

    /// Removes a place. Whoever holds it is told.
    ///
    /// @return false when there is none of this name
    public boolean purge(String user, String name) {
        @Nullable DurableCursor cursor = cursors.get(new DurableRequest(user, name, "", "").key());
        if (cursor == null) {
            return false;
        }
        Optional<DurableHold> holder;
        synchronized (cursor) {
            if (cursor.isGone()) {
                return false;
            }
            holder = cursor.holder();
            remove(cursor);
        }
        purged.increment();
        holder.ifPresent(one -> one.end(DurableHold.End.PURGED));
        return true;
    }

    /// Removes the places nobody has held for a time.
    ///
    /// @return how many
    public int forget(Duration idle) {
        Instant latest = clock.instant().minus(idle);
        int count = 0;
        for (DurableCursor cursor : cursors.values()) {
            synchronized (cursor) {
                if (cursor.holder().isPresent()) {
                    cursor.seen(clock.instant());
                } else if (!cursor.isGone() && cursor.lastSeen().isBefore(latest)) {
                    remove(cursor);
                    count++;
                }
            }
        }
        forgotten.add(count);
        return count;
    }

    /// Figures.
    public DurableStatistics statistics() {
        int held = 0;
        for (DurableCursor cursor : active) {
            synchronized (cursor) {
                held += cursor.holder().isPresent() ? 1 : 0;
            }
        }
        return new DurableStatistics(
                cursors.size(),
                held,
                acknowledgements.sum(),
                stored.sum(),
                takeovers.sum(),
                purged.sum(),
                forgotten.sum());
    }

    // ---- for the holds

    void acknowledged() {
        acknowledgements.increment();
    }

    /// Nobody holds a cursor any more, whose monitor the caller holds.
    void left(DurableCursor cursor) {
        cursor.left(clock.instant());
        if (!cursor.isKept()) {
            remove(cursor);
        }
    }

    /// The caller holds the cursor's monitor.
    void remove(DurableCursor cursor) {
        CursorTable.Changes changes = table.changes();
        changes.remove(cursor.stored());
        var _ = changes.commit();
        cursor.end();
        active.remove(cursor);
        cursors.remove(cursor.what().key(), cursor);
    }

    void store(DurableCursor cursor) {
        CursorTable.Changes changes = table.changes();
        synchronized (cursor) {
            cursor.keep();
            if (cursor.save(changes) == 0) {
                return;
            }
        }
        try {
            commit(changes, List.of(cursor)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}

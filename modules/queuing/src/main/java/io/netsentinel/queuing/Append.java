package io.netsentinel.queuing;

import java.util.List;
import java.util.Optional;

/// What is committed as one: all of it or nothing.
///
/// @param entries events in the order they get their offsets; may be empty when only bookmarks move
/// @param bookmarks positions of the sources these events came from
/// @param key makes a repetition harmless
public record Append(List<Entry> entries, List<Bookmark> bookmarks, Optional<IdempotencyKey> key) {

    /// The most entries one append may carry.
    public static final int MAX_ENTRIES = 10_000;

    /// Copies the lists.
    ///
    /// @throws IllegalArgumentException when there are more than [#MAX_ENTRIES] entries, or nothing
    ///   at all
    public Append {
        entries = List.copyOf(entries);
        bookmarks = List.copyOf(bookmarks);
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException(
                    "append of " + entries.size() + " entries, the most is " + MAX_ENTRIES);
        }
    }

    /// Events alone.
    public static Append of(Entry... entries) {
        return new Append(List.of(entries), List.of(), Optional.empty());
    }

    /// Events with the bookmark of their source.
    public static Append of(List<Entry> entries, Bookmark bookmark) {
        return new Append(entries, List.of(bookmark), Optional.empty());
    }

    /// The same append under an idempotency key.
    public Append withKey(IdempotencyKey key) {
        return new Append(entries, bookmarks, Optional.of(key));
    }
}

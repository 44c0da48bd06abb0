package io.netsentinel.integrations.file;

import io.netsentinel.queuing.Bookmark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How far each file of a source was read, by the file's identity; kept as one bookmark a file. One
/// more bookmark says that the source was started before.
final class Marks {
    private static final String STARTED = "started";
    private static final byte[] NOTHING = {};

    private final String prefix;
    private final Map<String, FileMark> marks = new HashMap<>();
    private final Map<String, byte[]> changes = new LinkedHashMap<>();
    private final boolean firstStart;
    private boolean started;

    Marks(String source, Map<String, byte[]> bookmarks) {
        prefix = "file/" + source + "/";
        firstStart = !bookmarks.containsKey(prefix + STARTED);
        bookmarks.forEach(this::load);
        if (firstStart) {
            changes.put(prefix + STARTED, new byte[] {1});
        }
    }

    private void load(String name, byte[] value) {
        if (name.startsWith(prefix)) {
            FileMark.decode(value)
                    .ifPresent(mark -> marks.put(name.substring(prefix.length()), mark));
        }
    }

    /// Whether the source has never been started before.
    boolean firstStart() {
        return firstStart;
    }

    /// Whether the first marks were handed out for a commit already.
    boolean started() {
        return started;
    }

    Optional<FileMark> get(String identity) {
        return Optional.ofNullable(marks.get(identity));
    }

    boolean contains(String identity) {
        return marks.containsKey(identity);
    }

    /// All marks, that of the longest unchanged file first.
    List<Map.Entry<String, FileMark>> byAge() {
        return marks.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(entry -> entry.getValue().modified()))
                .toList();
    }

    void put(String identity, FileMark mark) {
        marks.put(identity, mark);
        changes.put(prefix + identity, mark.encode());
    }

    void remove(String identity) {
        if (marks.remove(identity) != null) {
            changes.put(prefix + identity, NOTHING);
        }
    }

    /// The bookmarks that changed since this was called last.
    List<Bookmark> changes() {
        List<Bookmark> bookmarks = new ArrayList<>(changes.size());
        changes.forEach((name, value) -> bookmarks.add(new Bookmark(name, value)));
        changes.clear();
        started = true;
        return bookmarks;
    }
}

package io.netsentinel.integrations.sink;

import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Bookmark;
import io.netsentinel.queuing.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// How far a sink is in each channel, kept as bookmarks of the log: `sink/NAME/CHANNEL`. One more,
/// `sink/NAME/=`, says which channels it was configured with and whether it is paused. They are
/// committed like everything else in the log, so a place that was committed survives what the log
/// survives.
///
/// Changed by the sink's thread alone, read by any.
final class Places {
    private static final String SELF = "=";
    private static final String PAUSED = "paused";
    private static final String RUNNING = "running";

    private final SinkContext context;
    private final String prefix;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Place> saved = new HashMap<>();
    private final Set<String> unsaved = new HashSet<>();
    private String channels = "";
    private boolean known;
    private volatile boolean paused;
    private volatile Map<String, Place> shown = Map.of();

    Places(SinkContext context, String sink) {
        this.context = context;
        this.prefix = "sink/" + sink + "/";
        context.log().bookmarks().forEach(this::load);
    }

    private void load(String name, byte[] value) {
        if (!name.startsWith(prefix)) {
            return;
        }
        String channel = name.substring(prefix.length());
        if (channel.equals(SELF)) {
            String[] lines = new String(value, StandardCharsets.UTF_8).split("\n", 2);
            known = true;
            paused = lines[0].equals(PAUSED);
            channels = lines.length > 1 ? lines[1] : "";
        } else {
            Place.decode(value)
                    .ifPresent(place -> {
                        places.put(channel, place);
                        saved.put(channel, place);
                    });
        }
    }

    /// Whether the sink was started before, with these channels.
    boolean knownWith(String configured) {
        return known && channels.equals(configured);
    }

    boolean paused() {
        return paused;
    }

    Optional<Place> of(String channel) {
        return Optional.ofNullable(places.get(channel));
    }

    /// The place people are shown.
    Optional<Place> shown(String channel) {
        return Optional.ofNullable(shown.get(channel));
    }

    /// From now on people are shown where it is now.
    void show() {
        shown = Map.copyOf(places);
    }

    /// Everything up to a place is dealt with; written down with the next commit.
    void move(String channel, Place place) {
        if (!place.equals(places.put(channel, place))) {
            unsaved.add(channel);
        }
    }

    /// Whether something is to be written down.
    boolean moved() {
        return !unsaved.isEmpty();
    }

    /// Writes down what moved, and these entries with it, as one.
    ///
    /// @throws RuntimeException what the log refused with; then nothing is written, and the next
    ///   commit writes it
    void commit(List<Entry> entries) {
        if (unsaved.isEmpty() && entries.isEmpty()) {
            show();
            return;
        }
        List<Bookmark> bookmarks = new ArrayList<>();
        for (String channel : unsaved) {
            of(channel)
                    .ifPresent(
                            place -> bookmarks.add(new Bookmark(prefix + channel, place.encode())));
        }
        append(entries, bookmarks);
        unsaved.clear();
        show();
    }

    /// Writes down other places than those it has got to: what stands after them is read again
    /// after a restart.
    ///
    /// @param behind the places of some channels
    /// @throws RuntimeException what the log refused with; then nothing is written
    void commitBehind(Map<String, Place> behind, List<Entry> entries) {
        Map<String, Place> writing = new HashMap<>();
        places.forEach((channel, place) -> {
            Place safe = behind.getOrDefault(channel, place);
            if (!safe.equals(saved.get(channel))) {
                writing.put(channel, safe);
            }
        });
        if (!writing.isEmpty() || !entries.isEmpty()) {
            List<Bookmark> bookmarks = new ArrayList<>();
            writing.forEach((channel, place) ->
                    bookmarks.add(new Bookmark(prefix + channel, place.encode())));
            append(entries, bookmarks);
            saved.putAll(writing);
        }
        unsaved.clear();
        show();
    }

    /// Writes down what the sink is configured with and whether it is paused.
    ///
    /// @throws RuntimeException what the log refused with
    void describe(String configured, boolean pause, List<Entry> entries) {
        String text = (pause ? PAUSED : RUNNING) + "\n" + configured;
        append(
                entries,
                List.of(new Bookmark(prefix + SELF, text.getBytes(StandardCharsets.UTF_8))));
        known = true;
        channels = configured;
        paused = pause;
    }

    private void append(List<Entry> entries, List<Bookmark> bookmarks) {
        try {
            var _ =
                    context.publish()
                            .apply(new Append(entries, bookmarks, Optional.empty()))
                            .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}

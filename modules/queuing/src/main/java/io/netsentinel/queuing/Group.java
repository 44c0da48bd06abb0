package io.netsentinel.queuing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One commit while it is being made: offsets are given out here and become true with the commit.
final class Group {

    /// What the group adds to one channel.
    static final class Addition {
        private final ChannelLog channel;
        private final boolean created;
        private final List<LogRecord> records = new ArrayList<>();

        private Addition(ChannelLog channel, boolean created) {
            this.channel = channel;
            this.created = created;
        }

        ChannelLog channel() {
            return channel;
        }

        boolean created() {
            return created;
        }

        List<LogRecord> records() {
            return records;
        }

        long newTail() {
            return records.isEmpty() ? channel.tail() : records.getLast().offset();
        }
    }

    /// An append of the group and its answer.
    record Answer(Pending pending, Appended appended) {}

    private final ChannelTable channels;
    private final long time;
    private final Map<String, Addition> additions = new LinkedHashMap<>();
    private final Map<String, Bookmark> bookmarks = new LinkedHashMap<>();
    private final Map<IdempotencyKey, Appended> requests = new LinkedHashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private int nextNumber;
    private int entries;
    private long bytes;

    Group(ChannelTable channels, long time) {
        this.channels = channels;
        this.time = time;
        this.nextNumber = channels.highestNumber() + 1;
    }

    /// Adds an append whose key, if it has one, is not known from earlier commits.
    ///
    /// @throws IllegalStateException when it would need more channels than there can be; nothing is
    ///   added then
    void add(Pending pending) {
        Append append = pending.append();
        Optional<Appended> first = append.key().map(requests::get);
        if (first.isPresent()) {
            repeat(pending, first.get());
            return;
        }
        checkRoom(pending);
        pending.create().forEach(this::addition);
        List<Position> positions = new ArrayList<>(append.entries().size());
        append.entries().forEach(entry -> positions.add(add(entry)));
        append.bookmarks().forEach(bookmark -> bookmarks.put(bookmark.source(), bookmark));
        Appended appended = new Appended(positions, false);
        append.key().ifPresent(key -> requests.put(key, appended));
        answers.add(new Answer(pending, appended));
        bytes += pending.bytes();
    }

    /// Answers an append whose key is known.
    void repeat(Pending pending, Appended first) {
        answers.add(new Answer(pending, new Appended(first.positions(), true)));
    }

    private Position add(Entry entry) {
        Addition addition = addition(entry.channel());
        long offset = addition.newTail() + 1;
        long expires =
                entry.ttlMillis() == 0
                        ? 0
                        : time + Math.min(entry.ttlMillis(), Long.MAX_VALUE - time);
        addition.records.add(
                new LogRecord(offset, time, entry.priority(), expires, entry.payload()));
        entries++;
        return new Position(entry.channel(), addition.channel.epoch().id(), offset, time);
    }

    private Addition addition(String name) {
        Addition known = additions.get(name);
        if (known == null) {
            known =
                    channels.named(name)
                            .map(channel -> new Addition(channel, false))
                            .orElseGet(() ->
                                    new Addition(ChannelLog.created(nextNumber++, name), true));
            additions.put(name, known);
        }
        return known;
    }

    /// Before anything of the append is taken in: all of it goes in or nothing.
    private void checkRoom(Pending pending) {
        long wanted =
                Stream.concat(
                                pending.create().stream(),
                                pending.append().entries().stream().map(Entry::channel))
                        .distinct()
                        .filter(name ->
                                !additions.containsKey(name) && channels.named(name).isEmpty())
                        .count();
        if (nextNumber + wanted > ChannelTable.MOST_CHANNELS + 1) {
            throw new IllegalStateException(
                    "there cannot be more than " + ChannelTable.MOST_CHANNELS + " channels");
        }
    }

    List<Addition> additions() {
        return List.copyOf(additions.values());
    }

    int numberOf(String channel) {
        return addition(channel).channel.number();
    }

    List<Bookmark> bookmarks() {
        return List.copyOf(bookmarks.values());
    }

    Map<IdempotencyKey, Appended> requests() {
        return requests;
    }

    List<Answer> answers() {
        return answers;
    }

    boolean writesNothing() {
        return additions.isEmpty() && bookmarks.isEmpty() && requests.isEmpty();
    }

    long time() {
        return time;
    }

    int entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }

    Committed committed() {
        return new Committed(
                additions.values().stream()
                        .filter(addition -> !addition.records.isEmpty())
                        .map(addition ->
                                new ChannelBatch(
                                        addition.channel.name(),
                                        addition.channel.epoch().id(),
                                        addition.records))
                        .toList());
    }
}

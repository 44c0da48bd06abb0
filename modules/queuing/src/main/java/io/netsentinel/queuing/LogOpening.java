package io.netsentinel.queuing;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Finds out, when the log is opened, what is there. The segment files are believed; the high-water
/// marks only tell whether something is missing from them.
final class LogOpening {

    /// The parts of the open log.
    record Opened(ActiveSegment active, Marks marks) {}

    /// A file that is no segment yet is smaller; one that was a segment and looks like none is
    /// damaged.
    private static final long LARGEST_UNBORN = 128 << 10;

    private final LogContext log;
    private final Optional<Marks.Snapshot> marks;
    private final List<SegmentContents> found = new ArrayList<>();

    LogOpening(LogContext log) {
        this.log = log;
        this.marks = Marks.read(log.directory().marks());
    }

    Opened open() throws IOException, SQLException {
        Files0600.createDirectories(log.directory().marks());
        boolean marksLost = marks.isEmpty() && Marks.exist(log.directory().marks());
        for (SegmentFile file : SegmentFile.list(log.directory().segments())) {
            load(file).ifPresent(found::add);
        }
        marksLost |= marks.isEmpty() && !found.isEmpty();
        found.sort(
                Comparator.comparingInt((SegmentContents c) -> archive(c) ? 0 : 1)
                        .thenComparingLong(c -> c.segment().file().number()));
        found.forEach(c -> log.clock().notBefore(c.newest()));
        addChannels();
        ActiveSegment active = openActive();
        breakEpochs(active, marksLost);
        active.commit();
        Marks written =
                Marks.open(
                        log.directory().marks(), log.settings().durability() == Durability.POWER);
        written.write(log.channels().all(), false);
        return new Opened(active, written);
    }

    private static boolean archive(SegmentContents contents) {
        return contents.segment().file().kind() == SegmentFile.Kind.ARCHIVE;
    }

    private Optional<SegmentContents> load(SegmentFile file) throws IOException {
        Segment segment = new Segment(file, log.segments().password(), Segment.Mode.READ);
        try {
            SegmentContents contents = SegmentContents.load(segment);
            segment.reset();
            if (!contents.active()) {
                Files.delete(file.path());
                return Optional.empty();
            }
            return Optional.of(contents);
        } catch (SegmentException e) {
            segment.reset();
            return switch (e.failure()) {
                case PASSWORD ->
                        throw new DataDirectoryException(
                                "data directory "
                                        + log.directory().path()
                                        + ": the file 'database-password' does not fit "
                                        + file.name()
                                        + ": restore the one that belongs to this directory",
                                e);
                case IO, CLOSED ->
                        throw new DataDirectoryException(
                                "cannot read " + file.path() + ": " + e.getMessage(), e);
                case UNBORN -> {
                    if (Files.size(file.path()) > LARGEST_UNBORN) {
                        yield salvage(file, e);
                    }
                    Files.delete(file.path());
                    yield Optional.empty();
                }
                case DAMAGED -> salvage(file, e);
            };
        }
    }

    private Optional<SegmentContents> salvage(SegmentFile file, SegmentException e) {
        return Salvage.of(file, log.segments().password(), log.condition(), Failures.text(e))
                .filter(SegmentContents::active);
    }

    /// Channels by number from the newest segment that has them, with all their epochs; and those
    /// only the marks know.
    private void addChannels() {
        Map<Integer, String> names = new TreeMap<>();
        Map<Integer, Map<Long, Epoch>> epochs = new HashMap<>();
        for (SegmentContents contents : found) {
            contents.channels().forEach(row -> names.put(row.number(), row.name()));
            contents.epochs()
                    .forEach((number, list) ->
                            list.forEach(epoch ->
                                    epochs.computeIfAbsent(number, _ -> new TreeMap<>())
                                            .put(epoch.first(), epoch)));
        }
        marks.ifPresent(snapshot ->
                snapshot.marks()
                        .forEach(mark -> {
                            if (!names.containsValue(mark.channel())) {
                                names.putIfAbsent(mark.number(), mark.channel());
                            }
                            epochs.computeIfAbsent(mark.number(), _ -> new TreeMap<>())
                                    .putIfAbsent(
                                            mark.epochFirst(),
                                            new Epoch(mark.epochFirst(), mark.epoch()));
                        }));
        names.forEach((number, name) ->
                addChannel(
                        number, name, List.copyOf(epochs.getOrDefault(number, Map.of()).values())));
    }

    private void addChannel(int number, String name, List<Epoch> epochs) {
        long top = 0;
        long first = Long.MAX_VALUE;
        for (SegmentContents contents : found) {
            top = Math.max(top, believableTop(contents, number, name));
            for (Extent extent : contents.extents().getOrDefault(number, List.of())) {
                first = Math.min(first, extent.first());
            }
        }
        List<Epoch> known = epochs.isEmpty() ? List.of(Epoch.startingAt(1)) : epochs;
        log.channels().add(new ChannelLog(number, name, known, Math.min(first, top + 1), top));
    }

    /// What a segment says a channel's newest offset was when it began cannot be above the mark: a
    /// flipped bit there would leap over billions of offsets.
    private long believableTop(SegmentContents contents, int number, String name) {
        long top = contents.top(number);
        long stored =
                contents.extents().getOrDefault(number, List.of()).stream()
                        .mapToLong(Extent::last)
                        .max()
                        .orElse(0);
        long mark = mark(name).orElse(Long.MAX_VALUE);
        return top > stored && top > mark ? Math.max(stored, mark) : top;
    }

    private Optional<Long> mark(String channel) {
        return marks.flatMap(snapshot ->
                snapshot.marks().stream()
                        .filter(mark -> mark.channel().equals(channel))
                        .map(Marks.Mark::top)
                        .findFirst());
    }

    private ActiveSegment openActive() throws SQLException {
        Optional<SegmentContents> newest =
                found.isEmpty()
                        ? Optional.empty()
                        : Optional.of(found.getLast()).filter(c -> !archive(c));
        for (SegmentContents contents : found) {
            catalogue(contents, newest.isPresent() && newest.get().segment() == contents.segment());
        }
        if (newest.isEmpty()) {
            Segment segment = Roller.newSegment(log);
            return Roller.activate(log, segment, Roller.create(segment));
        }
        return reopen(newest.get());
    }

    private void catalogue(SegmentContents contents, boolean active) {
        contents.extents()
                .forEach((number, extents) ->
                        extents.forEach(extent ->
                                log.segments().update(catalog -> catalog.with(number, extent))));
        if (!active) {
            log.segments()
                    .seal(
                            new SegmentSet.Sealed(
                                    contents.segment(),
                                    contents.ageClass(),
                                    contents.begun(),
                                    contents.events(),
                                    contents.lastSource()));
        }
    }

    private ActiveSegment reopen(SegmentContents contents) throws SQLException {
        Segment segment = contents.segment();
        segment.mode(Segment.Mode.WRITE);
        Session session = segment.openSession();
        session.manualCommit();
        for (String source : log.bookmarks().load(session)) {
            log.condition()
                    .report(
                            StorageReport.Kind.SEGMENT_RECOVERED,
                            segment.file().name()
                                    + ": the bookmark of source '"
                                    + source
                                    + "' is damaged; the source starts over");
        }
        log.segments().activate(segment, log.clock().lastCommit(), log.channels().all());
        return new ActiveSegment(
                segment, session, log.settings().durability(), contents.begun(), contents.events());
    }

    private void breakEpochs(ActiveSegment active, boolean marksLost) throws SQLException {
        if (marksLost) {
            log.condition()
                    .report(
                            StorageReport.Kind.MARKS_DAMAGED,
                            "the high-water marks are missing or damaged");
        }
        boolean cut =
                log.settings().durability() == Durability.PROCESS
                        && marks.filter(m -> !m.clean() && !m.bootId().equals(BootId.current()))
                                .isPresent();
        for (ChannelLog channel : log.channels().all()) {
            long mark = mark(channel.name()).orElse(0L);
            if (channel.tail() < mark) {
                Breaks.begin(
                        log,
                        active.session(),
                        channel,
                        mark,
                        "acknowledged events up to "
                                + mark
                                + " are missing, the newest found is "
                                + channel.tail());
            } else if (channel.tail() > 0 && marksLost) {
                Breaks.begin(
                        log,
                        active.session(),
                        channel,
                        channel.tail(),
                        "there are no high-water marks to check it with");
            } else if (channel.tail() > 0 && cut) {
                Breaks.begin(
                        log,
                        active.session(),
                        channel,
                        channel.tail(),
                        "the machine went down while the log was open");
            }
        }
    }
}

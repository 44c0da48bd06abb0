package io.netsentinel.channels;

import io.netsentinel.channels.spi.RecordView;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.Hole;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/// Reads stored events for somebody who asks once. Waits for the log, so it runs on virtual
/// threads.
final class HistoryReader {
    private static final int PAGE_RECORDS = 500;
    private static final int PAGE_BYTES = 512 << 10;

    /// Most events looked at for one answer: a filter that lets little through gets an empty page
    /// and the position to go on from.
    private static final int SCAN = 10_000;

    private final EventLog log;
    private final LongSupplier clock;

    HistoryReader(EventLog log, LongSupplier clock) {
        this.log = log;
        this.clock = clock;
    }

    HistoryPage read(HistoryRequest request) {
        return new Reading(request).run();
    }

    private final class Reading {
        private final HistoryRequest request;
        private final List<LogRecord> events = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private long position;
        private long since;
        private int scanned;
        private int bytes;
        private boolean end;
        private String epoch = "";

        Reading(HistoryRequest request) {
            this.request = request;
            this.position = request.offset().orElse(request.reverse() ? Long.MAX_VALUE : 0);
        }

        HistoryPage run() {
            since =
                    request.since()
                            .map(time -> log.offsetBefore(request.channel(), time).join())
                            .orElse(0L);
            if (!request.reverse()) {
                position = Math.max(position, since);
            }
            while (!end
                    && events.size() < request.limit()
                    && scanned < SCAN
                    && bytes < PAGE_BYTES) {
                step();
            }
            boolean finished = end && request.reverse();
            return new HistoryPage(
                    request.channel(),
                    log.state(request.channel()).map(s -> s.epoch()).orElse(epoch),
                    events,
                    gaps,
                    finished ? OptionalLong.empty() : OptionalLong.of(position));
        }

        private void step() {
            String channel = request.channel();
            long began = position;
            Page page =
                    request.reverse()
                            ? log.readBefore(channel, position, PAGE_RECORDS, PAGE_BYTES).join()
                            : log.read(channel, position, PAGE_RECORDS, PAGE_BYTES).join();
            epoch = page.epoch();
            List<Hole> holes = new ArrayList<>(page.missing());
            for (LogRecord event : page.records()) {
                while (!holes.isEmpty() && isBefore(holes.getFirst(), event.offset())) {
                    pass(holes.removeFirst());
                }
                if (events.size() == request.limit() || outside(event.offset())) {
                    end = outside(event.offset());
                    return;
                }
                take(event);
            }
            holes.forEach(this::pass);
            boolean stuck = page.scannedTo() == began;
            position = page.scannedTo();
            end =
                    stuck
                            || (request.reverse()
                                    ? position <= Math.max(page.first(), since + 1)
                                    : position >= page.tail());
        }

        private boolean isBefore(Hole hole, long offset) {
            return request.reverse() ? hole.from() > offset : hole.to() < offset;
        }

        /// Reading backwards has come to what is too old.
        private boolean outside(long offset) {
            return request.reverse() && offset <= since;
        }

        private void take(LogRecord event) {
            position = event.offset();
            scanned++;
            if (!request.selection().passes(RecordView.of(request.channel(), event))) {
                return;
            }
            if (event.expires() != 0 && event.expires() <= clock.getAsLong()) {
                gap(event.offset(), event.offset(), Gap.Reason.EXPIRED);
            } else {
                events.add(event);
                bytes += event.payload().length;
            }
        }

        private void pass(Hole hole) {
            position = request.reverse() ? hole.from() : hole.to();
            boolean asked = request.offset().isPresent() && request.offset().getAsLong() > 0;
            switch (hole.reason()) {
                case LOST -> gap(hole.from(), hole.to(), Gap.Reason.LOST);
                case PURGED -> gap(hole.from(), hole.to(), Gap.Reason.RETENTION);
                case RETENTION -> {
                    if (asked && !request.reverse()) {
                        gap(hole.from(), hole.to(), Gap.Reason.RETENTION);
                    }
                }
            }
        }

        private void gap(long from, long to, Gap.Reason reason) {
            gaps.add(new Gap(from, to, reason));
        }
    }
}

package io.netsentinel.webui;

import io.netsentinel.events.Channel;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.PurgeSubject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a purge would remove, as far as a running server can say in a moment: the newest events are
/// looked at first, channel by channel in turns, until the time is up.
///
/// @param found events about the subject by channel, those of the audit trail left out
/// @param audited entries of the audit trail about it, which stay
/// @param looked at how many events
/// @param all how many there are
record PurgePreview(Map<String, Long> found, long audited, long looked, long all) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int PAGE = 1_000;
    private static final int BYTES = 8 << 20;

    /// A channel whose events up to an offset were not looked at.
    private record Rest(ChannelState channel, long to) {}

    static PurgePreview of(EventLog log, PurgeSubject subject) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Map<String, Long> found = new TreeMap<>();
        Deque<Rest> rest = new ArrayDeque<>();
        long all = 0;
        for (ChannelState channel : log.states()) {
            all += Math.max(0, channel.tail() - channel.first() + 1);
            rest.add(new Rest(channel, channel.tail()));
        }
        long looked = 0;
        while (!rest.isEmpty() && System.nanoTime() - end < 0) {
            Rest one = rest.removeFirst();
            long after = Math.max(one.channel().first() - 1, one.to() - PAGE);
            if (after < one.to()) {
                String name = one.channel().channel();
                found.merge(name, count(log, name, after, one.to(), subject), Long::sum);
                looked += one.to() - after;
                rest.addLast(new Rest(one.channel(), after));
            }
        }
        found.values().removeIf(count -> count == 0);
        Long audited = found.remove(Channel.AUDIT);
        return new PurgePreview(found, audited == null ? 0 : audited, looked, all);
    }

    private static long count(
            EventLog log, String channel, long after, long to, PurgeSubject subject) {
        long count = 0;
        long from = after;
        while (from < to) {
            var page = log.read(channel, from, PAGE, BYTES).join();
            for (LogRecord one : page.records()) {
                if (one.offset() <= to && subject.in(one.payload())) {
                    count++;
                }
            }
            if (page.scannedTo() <= from) {
                return count;
            }
            from = page.scannedTo();
        }
        return count;
    }

    /// Whether there was no time for all of them.
    boolean partial() {
        return looked < all;
    }

    /// What there is, in sentences.
    List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        String least = partial() ? "at least " : "";
        if (found.isEmpty()) {
            sentences.add(
                    partial()
                            ? "Among the newest events none is about it."
                            : "No stored event is about it.");
        }
        found.forEach((channel, count) ->
                sentences.add(
                        "%s: %s%s removed"
                                .formatted(channel, least, Numbers.count(count, "event"))));
        if (audited > 0) {
            sentences.add(
                    "audit: %s%s kept, as evidence of who did what"
                            .formatted(least, Numbers.count(audited, "event")));
        }
        if (partial()) {
            sentences.add(
                    "Looked at the newest %s of %s events; the purge looks at all."
                            .formatted(Numbers.whole(looked), Numbers.whole(all)));
        }
        return sentences;
    }
}

package io.netsentinel.transport;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The chain of the channel `audit`: each entry has a number one higher than that before it
/// (`ns.audit.seq`), the hash of that one (`ns.audit.prev`) and its own (`ns.audit.hash`), so that
/// nobody can change, remove or insert an entry without all later ones telling.
///
/// The hash is the SHA-256, in hexadecimal, of `prev` and a line feed, followed by one line for
/// each other field of the entry but the hash itself, by name: `name=length:value`, with the length
/// in UTF-8 bytes.
public final class AuditChain {
    static final String SEQ = "ns.audit.seq";
    static final String PREV = "ns.audit.prev";
    static final String HASH = "ns.audit.hash";

    private static final int PAGE_RECORDS = 500;
    private static final int PAGE_BYTES = 1 << 20;
    private static final int MOST_TOLD = 20;

    private final List<String> problems = new ArrayList<>();
    private long entries;
    private long first;
    private long last;
    private String head = "";

    private AuditChain() {}

    /// What was found out about a chain.
    ///
    /// @param entries how many were looked at
    /// @param first number of the oldest one; those before it are gone by retention
    /// @param last number of the newest one
    /// @param head its hash: whoever has noted it somewhere else can tell whether newer entries
    ///   were cut off
    /// @param problems what is wrong, empty when nothing is; at most 20
    public record Verdict(long entries, long first, long last, String head, List<String> problems) {
        /// Copies the list.
        public Verdict {
            problems = List.copyOf(problems);
        }
    }

    /// Looks at all entries there are.
    public static Verdict verify(EventLog log) {
        AuditChain chain = new AuditChain();
        if (log.state(Channel.AUDIT).isPresent()) {
            chain.walk(log);
        }
        return new Verdict(chain.entries, chain.first, chain.last, chain.head, chain.problems);
    }

    private void walk(EventLog log) {
        long position = 0;
        while (true) {
            Page page = log.read(Channel.AUDIT, position, PAGE_RECORDS, PAGE_BYTES).join();
            for (var hole : page.missing()) {
                if (hole.reason() == io.netsentinel.queuing.Hole.Reason.LOST) {
                    tell("offsets %d to %d are lost".formatted(hole.from(), hole.to()));
                }
            }
            page.records().forEach(this::see);
            if (page.scannedTo() <= position || page.scannedTo() >= page.tail()) {
                return;
            }
            position = page.scannedTo();
        }
    }

    private void see(LogRecord entry) {
        Event event;
        try {
            event = Event.fromJson(entry.payload());
        } catch (MalformedEventException e) {
            tell("offset %d cannot be read".formatted(entry.offset()));
            return;
        }
        long seq = event.number(SEQ, 0);
        if (seq == 0 && head.isEmpty()) {
            return; // from before there was a chain
        }
        entries++;
        if (head.isEmpty()) {
            first = seq;
        } else if (seq != last + 1 || !event.text(PREV).equals(head)) {
            tell(
                    "offset %d: entry %d does not follow entry %d"
                            .formatted(entry.offset(), seq, last));
        }
        if (!hash(event.toBuilder()).equals(event.text(HASH))) {
            tell("offset %d: entry %d was changed".formatted(entry.offset(), seq));
        }
        last = seq;
        head = event.text(HASH);
    }

    private void tell(String problem) {
        if (problems.size() < MOST_TOLD) {
            problems.add(problem);
        }
    }

    /// The hash an entry must have.
    static String hash(Event.Builder entry) {
        Map<String, String> fields = new TreeMap<>();
        entry.build().forEach((path, value) -> fields.put(path, String.valueOf(value)));
        String prev = entry.text(PREV);
        StringBuilder text = new StringBuilder(prev).append('\n');
        fields.forEach((path, value) -> {
            if (!path.equals(PREV) && !path.equals(HASH)) {
                text.append(path)
                        .append('=')
                        .append(value.getBytes(StandardCharsets.UTF_8).length)
                        .append(':')
                        .append(value)
                        .append('\n');
            }
        });
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package io.netsentinel.detection.incident;

import io.netsentinel.channels.Hub;
import io.netsentinel.channels.Stretch;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.ChannelState;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.Page;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads evidence from the log: alerts, and the detectors' findings. An alert's copy among the
/// threats is the same alert.
final class Reading {
    static final List<String> CHANNELS = List.of(Channel.ALERTS, Channel.THREATS);

    private static final int PAGE = 500;
    private static final int PAGE_BYTES = 4 * 1024 * 1024;
    private static final String STATE = "state";
    private static final byte[] FINDING_BYTES =
            Evidence.FINDING.getBytes(StandardCharsets.US_ASCII);

    private final EventLog log;
    private final Hub hub;
    private final JoinKeys join;

    Reading(EventLog log, Hub hub, JoinKeys join) {
        this.log = log;
        this.hub = hub;
        this.join = join;
    }

    /// The next page of every channel; moves the position on.
    List<Evidence> next(Position position) {
        List<Evidence> found = new ArrayList<>();
        for (String channel : CHANNELS) {
            if (more(channel, position)) {
                Stretch next = hub.next(channel, position.of(channel), PAGE, PAGE_BYTES);
                position.reached(channel, next.reached());
                next.records().forEach(record -> read(channel, record).ifPresent(found::add));
            }
        }
        return found;
    }

    boolean more(Position position) {
        return CHANNELS.stream().anyMatch(channel -> more(channel, position));
    }

    private boolean more(String channel, Position position) {
        return log.state(channel).map(ChannelState::tail).orElse(0L) > position.of(channel);
    }

    /// What was read last before a position, as much of it as [Waiting] holds.
    void before(Position position, Waiting waiting, IncidentTables tables) {
        for (String channel : CHANNELS.reversed()) {
            long end = position.of(channel);
            long at = Math.max(0, end - Waiting.MOST);
            while (at < end) {
                int most = (int) Math.min(PAGE, end - at);
                Page page = log.read(channel, at, most, PAGE_BYTES).join();
                if (page.scannedTo() <= at) {
                    break;
                }
                at = page.scannedTo();
                List<Evidence> found = new ArrayList<>();
                for (LogRecord record : page.records()) {
                    if (record.offset() <= end) {
                        read(channel, record).ifPresent(found::add);
                    }
                }
                remember(found, tables);
                found.forEach(waiting::add);
            }
        }
    }

    /// Finds out which incidents evidence is in already.
    private static void remember(List<Evidence> found, IncidentTables tables) {
        Map<String, List<Span>> spans = new HashMap<>();
        List<String> keys =
                found.stream().flatMap(each -> each.keys().stream()).distinct().toList();
        tables.keys()
                .getAll(keys)
                .forEach((key, value) -> spans.put(key, Span.read(Optional.of(value))));
        Map<String, Evidence> byMember = new HashMap<>();
        Map<String, String> incidents = new HashMap<>();
        for (Evidence evidence : found) {
            for (String key : evidence.keys()) {
                for (Span span : spans.getOrDefault(key, List.of())) {
                    IncidentMember member = evidence.member(false);
                    String row = IncidentTables.memberKey(span.incident(), member);
                    byMember.put(row, evidence);
                    incidents.put(row, span.incident());
                }
            }
        }
        tables.members()
                .getAll(byMember.keySet())
                .forEach((row, value) -> {
                    Evidence evidence = byMember.getOrDefault(row, found.getFirst());
                    boolean _ = evidence.join(incidents.getOrDefault(row, ""));
                    if (IncidentJson.readMember(value).opener()) {
                        evidence.promote();
                    }
                });
    }

    /// A look at the bytes: most of the channel are copies of alerts, which need not be parsed
    /// again.
    private static boolean mayBeFinding(byte[] payload) {
        byte[] wanted = FINDING_BYTES;
        for (int at = 0; at <= payload.length - wanted.length; at++) {
            if (payload[at] == wanted[0]
                    && Arrays.equals(payload, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }

    /// Anything may be published to a channel; what is no alert is no evidence.
    private Optional<Evidence> read(String channel, LogRecord record) {
        if (channel.equals(Channel.THREATS) && !mayBeFinding(record.payload())) {
            return Optional.empty();
        }
        try {
            Event event = Event.briefFromJson(record.payload());
            boolean evidence =
                    channel.equals(Channel.ALERTS)
                            ? !event.kind().equals(STATE)
                            : Evidence.finding(event);
            return evidence && !event.id().isEmpty() && event.id().length() <= 100
                    ? Optional.of(new Evidence(event, channel, join))
                    : Optional.empty();
        } catch (MalformedEventException _) {
            return Optional.empty();
        }
    }
}

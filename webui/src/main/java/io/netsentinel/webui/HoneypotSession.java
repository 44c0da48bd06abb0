package io.netsentinel.webui;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One visit to a honeypot, from its events.
///
/// @param id of the session
/// @param events the oldest first
record HoneypotSession(String id, List<Event> events) {
    static final String PASSWORD = "ns.cowrie.password";
    private static final String COMMAND = "command.";
    private static final String CLOSED = "session.closed";

    /// Sorts the events by time; those of one moment stay in their order.
    HoneypotSession {
        events = events.stream().sorted(Comparator.comparing(Event::timestamp)).toList();
    }

    /// The sessions of these events, the latest first.
    ///
    /// @param newest the newest event first
    static List<HoneypotSession> of(List<RecentEvents.One> newest) {
        Map<String, List<Event>> sessions = new LinkedHashMap<>();
        for (RecentEvents.One one : newest.reversed()) {
            String id = one.event().text(Fields.SESSION_ID);
            if (!id.isEmpty()) {
                sessions.computeIfAbsent(id, _ -> new ArrayList<>()).add(one.event());
            }
        }
        return sessions.entrySet().stream()
                .map(one -> new HoneypotSession(one.getKey(), one.getValue()))
                .sorted(Comparator.comparing(HoneypotSession::last).reversed())
                .toList();
    }

    static boolean login(Event event) {
        return event.text(Fields.EVENT_ACTION).startsWith("login.");
    }

    static boolean succeeded(Event event) {
        return login(event) && event.text(Fields.EVENT_OUTCOME).equals("success");
    }

    static boolean command(Event event) {
        return event.text(Fields.EVENT_ACTION).startsWith(COMMAND);
    }

    /// The first value of a field that any of its events has.
    String text(String field) {
        return events.stream()
                .map(event -> event.text(field))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    Instant first() {
        return events.getFirst().timestamp();
    }

    Instant last() {
        return events.getLast().timestamp();
    }

    /// Whether its end was told.
    boolean closed() {
        return events.stream().anyMatch(event -> event.text(Fields.EVENT_ACTION).equals(CLOSED));
    }

    /// As the honeypot says, or from the first event to the last.
    Duration duration() {
        return events.stream()
                .filter(event -> event.text(Fields.EVENT_ACTION).equals(CLOSED))
                .filter(event -> event.has(Fields.EVENT_DURATION))
                .findFirst()
                .map(event -> Duration.ofNanos(event.number(Fields.EVENT_DURATION, 0)))
                .orElseGet(() -> Duration.between(first(), last()));
    }

    long logins() {
        return events.stream().filter(HoneypotSession::login).count();
    }

    /// Whether a login succeeded.
    boolean entered() {
        return events.stream().anyMatch(HoneypotSession::succeeded);
    }

    long commands() {
        return events.stream().filter(HoneypotSession::command).count();
    }

    long files() {
        return events.stream()
                .filter(event -> event.text(Fields.EVENT_ACTION).startsWith("session.file_"))
                .count();
    }

    Severity severity() {
        return events.stream()
                .map(Event::severity)
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFO);
    }

    /// Where it has its own page.
    String href() {
        return href(id);
    }

    static String href(String id) {
        return Href.of("/honeypot/session").with("id", id).text();
    }

    /// `0.2 s`, `12 s`, `4 min 5 s`.
    static String words(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 10) {
            return String.format(
                    java.util.Locale.ROOT, "%.1f s", Math.max(0, time.toMillis()) / 1e3);
        }
        return seconds < 60
                ? seconds + " s"
                : Numbers.whole(seconds / 60) + " min " + seconds % 60 + " s";
    }
}

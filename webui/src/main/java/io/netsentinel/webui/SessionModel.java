package io.netsentinel.webui;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One session of a honeypot, as its template takes it. Every text came from an attacker and went
/// through [Visible]: what would control a terminal is shown by its code point.
///
/// @param id of the session
/// @param title where it came from
/// @param open whether it goes on
/// @param facts what is known of it
/// @param steps what happened, in order
/// @param alertsHref the alerts of the source
/// @param flowsHref the flows of the source
record SessionModel(
        String id,
        String title,
        boolean open,
        List<DetailModel.Pair> facts,
        List<Step> steps,
        String alertsHref,
        String flowsHref) {

    /// Something that happened.
    ///
    /// @param kind `command`, `login`, `file` or `note`
    /// @param after milliseconds since the beginning
    /// @param when the same in words
    /// @param time ISO time
    /// @param what what it is
    /// @param text what was typed, tried or fetched
    /// @param mark of an outcome: `ok`, `bad` or empty
    record Step(
            String kind,
            long after,
            String when,
            String time,
            String what,
            String text,
            String mark) {}

    static SessionModel of(HoneypotSession session) {
        String source = session.text(Fields.SOURCE_IP);
        return new SessionModel(
                session.id(),
                Visible.of(source.isEmpty() ? "Session " + session.id() : source),
                !session.closed(),
                facts(session),
                session.events().stream().map(event -> step(event, session)).toList(),
                source.isEmpty()
                        ? ""
                        : Href.of("/alerts").with("q", source).with("status", "all").text(),
                source.isEmpty()
                        ? ""
                        : Href.of("/network")
                                .with("q", Fields.SOURCE_IP + " = " + Href.quoted(source))
                                .text());
    }

    private static List<DetailModel.Pair> facts(HoneypotSession session) {
        List<DetailModel.Pair> facts = new ArrayList<>();
        add(facts, "Session", session.id(), "mono");
        add(facts, "Source", session.text(Fields.SOURCE_IP), "mono");
        add(facts, "Country", session.text(Fields.SOURCE_GEO_COUNTRY_ISO_CODE), "");
        add(facts, "Source name", session.text(Fields.SOURCE_DOMAIN), "mono");
        add(facts, "Honeypot", session.text(Fields.OBSERVER_NAME), "");
        add(facts, "Protocol", session.text(Fields.NETWORK_PROTOCOL), "");
        add(facts, "Client", session.text("ns.ssh.client.software"), "mono");
        add(facts, "Client fingerprint", session.text("ns.ssh.client.hassh"), "mono");
        add(facts, "Began", Rows.full(session.first()), "");
        add(facts, "Duration", HoneypotSession.words(session.duration()), "");
        add(facts, "Logins tried", Numbers.whole(session.logins()), "");
        add(facts, "Commands", Numbers.whole(session.commands()), "");
        add(facts, "Files", Numbers.whole(session.files()), "");
        return facts;
    }

    private static void add(List<DetailModel.Pair> facts, String name, String value, String style) {
        if (!value.isEmpty()) {
            facts.add(new DetailModel.Pair(name, Visible.of(value), style));
        }
    }

    private static Step step(Event event, HoneypotSession session) {
        Duration after = Duration.between(session.first(), event.timestamp());
        String action = event.text(Fields.EVENT_ACTION);
        String kind = "note";
        String what = action;
        String text = event.text(Fields.MESSAGE);
        String mark = "";
        if (HoneypotSession.command(event)) {
            kind = "command";
            what = action.equals("command.failed") ? "unknown command" : "command";
            text = event.text(Fields.PROCESS_COMMAND_LINE);
            mark = action.equals("command.failed") ? "bad" : "";
        } else if (HoneypotSession.login(event)) {
            kind = "login";
            what = HoneypotSession.succeeded(event) ? "login, let in" : "login, refused";
            text = HoneypotSheets.credential(event);
            mark = HoneypotSession.succeeded(event) ? "ok" : "bad";
        } else if (action.startsWith("session.file_")) {
            kind = "file";
            what = action.endsWith("upload") ? "file sent" : "file fetched";
            text = file(event);
        }
        return new Step(
                kind,
                Math.max(0, after.toMillis()),
                "+" + HoneypotSession.words(after),
                event.timestamp().toString(),
                Visible.of(what),
                Visible.of(text),
                mark);
    }

    private static String file(Event event) {
        List<String> parts = new ArrayList<>();
        for (String field : List.of(Fields.URL_FULL, Fields.FILE_PATH, Fields.FILE_HASH_SHA256)) {
            String value = event.text(field);
            if (!value.isEmpty()) {
                parts.add(value);
            }
        }
        return parts.isEmpty() ? event.text(Fields.MESSAGE) : String.join("\n", parts);
    }

    /// Whether the source is known.
    boolean known() {
        return !alertsHref.isEmpty();
    }

    /// How many steps there are.
    int count() {
        return steps.size();
    }
}

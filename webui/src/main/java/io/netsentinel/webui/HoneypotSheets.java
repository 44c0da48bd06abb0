package io.netsentinel.webui;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.util.List;

/// Sessions of honeypots as a table, and what is tried most in them.
final class HoneypotSheets {
    private static final int MOST = 200;

    private final List<RecentEvents.One> events;

    /// @param events the newest first
    HoneypotSheets(List<RecentEvents.One> events) {
        this.events = events;
    }

    Sheet sessions() {
        List<HoneypotSession> sessions = HoneypotSession.of(events);
        return new Sheet(
                        "sessions",
                        "Sessions",
                        sessions.size() <= MOST
                                ? Numbers.count(sessions.size(), "session")
                                        + " of the newest "
                                        + Numbers.count(events.size(), "event")
                                : "the newest " + MOST + " sessions",
                        List.of(
                                new Column("Last", "num"),
                                new Column("Source", ""),
                                new Column("Honeypot", ""),
                                new Column("Protocol", ""),
                                new Column("State", ""),
                                new Column("Duration", "num"),
                                new Column("Logins", "num"),
                                new Column("Entered as", ""),
                                new Column("Commands", "num"),
                                new Column("Files", "num"),
                                new Column("Client", "wide")),
                        sessions.stream().limit(MOST).map(HoneypotSheets::line).toList(),
                        "No session yet",
                        "Follow a log of Cowrie, or post its lines: see Sources in the documentation.")
                .cut(sessions.size() > MOST);
    }

    private static Line line(HoneypotSession session) {
        String country = session.text(Fields.SOURCE_GEO_COUNTRY_ISO_CODE);
        String entered =
                session.events().stream()
                        .filter(HoneypotSession::succeeded)
                        .findFirst()
                        .map(event -> event.text(Fields.USER_NAME))
                        .orElse("");
        return new Line(
                "s-" + session.id(),
                List.of(
                        Cell.date(session.last()).toPage(session.href()),
                        Cell.mono(
                                (country.isEmpty() ? "" : country + " ")
                                        + session.text(Fields.SOURCE_IP)),
                        Cell.of(session.text(Fields.OBSERVER_NAME)),
                        Cell.of(session.text(Fields.NETWORK_PROTOCOL)),
                        Cell.state(
                                session.closed() ? "closed" : "open",
                                session.closed() ? "info" : session.severity().text()),
                        Cell.figure(HoneypotSession.words(session.duration())),
                        Cell.number(session.logins()),
                        Cell.state(entered, session.entered() ? session.severity().text() : ""),
                        Cell.number(session.commands()),
                        Cell.number(session.files()),
                        Cell.wide(session.text("ns.ssh.client.software"))),
                List.of());
    }

    /// The credentials, the commands and the sources seen most.
    List<BarList> bars() {
        BarList.Sums credentials = new BarList.Sums();
        BarList.Sums commands = new BarList.Sums();
        BarList.Sums sources = new BarList.Sums();
        for (RecentEvents.One one : events) {
            Event event = one.event();
            if (HoneypotSession.login(event)) {
                credentials.add(credential(event), 1);
            }
            if (HoneypotSession.command(event)) {
                commands.add(event.text(Fields.PROCESS_COMMAND_LINE), 1);
            }
            if (event.text(Fields.EVENT_ACTION).equals("session.connect")) {
                sources.add(event.text(Fields.SOURCE_IP), 1);
            }
        }
        String sub = "of the newest " + Numbers.count(events.size(), "event");
        return List.of(
                credentials.list("credentials", "Top credentials", sub, _ -> "", Numbers::whole),
                commands.list("commands", "Top commands", sub, _ -> "", Numbers::whole),
                sources.list(
                        "sources",
                        "Top sources",
                        sub,
                        ip -> Href.of("/alerts").with("q", ip).with("status", "all").text(),
                        Numbers::whole));
    }

    /// `root / 123456`.
    static String credential(Event event) {
        String password = event.text(HoneypotSession.PASSWORD);
        return event.text(Fields.USER_NAME)
                + " / "
                + (password.isEmpty() ? "(no password)" : password);
    }
}

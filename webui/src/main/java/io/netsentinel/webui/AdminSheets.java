package io.netsentinel.webui;

import io.netsentinel.auth.Auth;
import io.netsentinel.auth.ChannelGrant;
import io.netsentinel.auth.SessionInfo;
import io.netsentinel.auth.Token;
import io.netsentinel.auth.User;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.DurableInfo;
import io.netsentinel.channels.Hub;
import io.netsentinel.integrations.SinkOutline;
import io.netsentinel.integrations.Sinks;
import io.netsentinel.integrations.SourceStatus;
import io.netsentinel.integrations.Sources;
import io.netsentinel.queuing.InboxInfo;
import io.netsentinel.transport.ConnectionInfo;
import io.netsentinel.transport.Connections;
import io.netsentinel.transport.Queues;
import io.netsentinel.transport.Services;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Deed;
import io.netsentinel.webui.Sheet.Line;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The tables of the pages for administrators.
final class AdminSheets {
    private static final int MOST = 500;
    private static final Column PLAIN = new Column("", "");

    private final Services services;

    AdminSheets(Services services) {
        this.services = services;
    }

    private static List<Column> columns(String... labels) {
        List<Column> columns = new ArrayList<>();
        for (String label : labels) {
            boolean number = label.startsWith("#");
            boolean wide = label.startsWith("~");
            columns.add(
                    number || wide
                            ? new Column(label.substring(1), number ? "num" : "wide")
                            : new Column(label, PLAIN.style()));
        }
        return columns;
    }

    List<Sheet> connections() {
        List<ConnectionInfo> all =
                services.find(Connections.class)
                        .map(connections -> connections.list("", MOST))
                        .orElse(List.of());
        List<Line> lines =
                all.stream()
                        .map(one ->
                                new Line(
                                        "c-" + one.id(),
                                        List.of(
                                                Cell.of(
                                                        one.user().isEmpty()
                                                                ? "not signed in"
                                                                : one.user()),
                                                Cell.of(one.role()),
                                                Cell.of((one.name() + " " + one.version()).strip()),
                                                Cell.mono(one.address()),
                                                Cell.date(one.since()),
                                                Cell.number(one.subscriptions()),
                                                Cell.number(one.messagesOut()),
                                                Cell.figure(Numbers.bytes(one.bytesOut())),
                                                Cell.figure(
                                                        one.latencyMillis() < 0
                                                                ? ""
                                                                : one.latencyMillis() + " ms")),
                                        List.of(
                                                Deed.link(
                                                        "/connections",
                                                        "Notify",
                                                        "notify",
                                                        one.id()),
                                                new Deed(
                                                        "/connections/close",
                                                        "Close",
                                                        "id",
                                                        one.id()))))
                        .toList();
        return List.of(
                new Sheet(
                                "connections",
                                "Connections",
                                Numbers.count(all.size(), "client"),
                                columns(
                                        "User",
                                        "Role",
                                        "~Client",
                                        "Address",
                                        "#Since",
                                        "#Subscriptions",
                                        "#Messages out",
                                        "#Bytes out",
                                        "#Round trip"),
                                lines,
                                "Nobody is connected",
                                "A client connects to /ws with a token or a session.")
                        .cut(all.size() >= MOST));
    }

    List<Sheet> channels() {
        List<ChannelInfo> all = services.get(Hub.class).channels();
        List<Line> lines =
                all.stream()
                        .map(one ->
                                new Line(
                                        "ch-" + one.name(),
                                        List.of(
                                                Cell.mono(one.name()),
                                                Cell.number(one.tail() - one.first() + 1),
                                                Cell.number(one.first()),
                                                Cell.number(one.tail()),
                                                Cell.mono(one.epoch()),
                                                Cell.number(one.subscribers()),
                                                Cell.figure(days(one.policy().retention())),
                                                Cell.of(
                                                        one.policy()
                                                                .onLag()
                                                                .name()
                                                                .toLowerCase(
                                                                        java.util.Locale.ROOT)),
                                                Cell.number(one.policy().priority())),
                                        List.of()))
                        .toList();
        return List.of(
                new Sheet(
                        "channels",
                        "Channels",
                        Numbers.count(all.size(), "channel"),
                        columns(
                                "Name",
                                "#Events kept",
                                "#Oldest",
                                "#Newest",
                                "Epoch",
                                "#Subscribers",
                                "#Kept for",
                                "Who lags",
                                "#Priority"),
                        lines,
                        "No channel",
                        "Channels come with their first event."));
    }

    private static String days(Duration time) {
        return time.compareTo(Duration.ofDays(2)) >= 0
                ? Numbers.count(time.toDays(), "day")
                : Numbers.count(time.toHours(), "hour");
    }

    List<Sheet> queues() {
        Optional<Queues> queues = services.find(Queues.class);
        List<DurableInfo> cursors =
                queues.map(all -> all.cursors().list("", "", MOST)).orElse(List.of());
        List<InboxInfo> inboxes =
                queues.map(all -> all.inboxes().list("", "", MOST)).orElse(List.of());
        return List.of(durable(cursors), inboxes(inboxes));
    }

    private Sheet durable(List<DurableInfo> cursors) {
        Hub hub = services.get(Hub.class);
        List<Line> lines =
                cursors.stream()
                        .map(one -> {
                            var cursor = one.cursor();
                            long behind =
                                    cursor.places().entrySet().stream()
                                            .mapToLong(place ->
                                                    hub.channel(place.getKey())
                                                            .map(ChannelInfo::tail)
                                                            .map(tail ->
                                                                    Math.max(
                                                                            0,
                                                                            tail
                                                                                    - place.getValue()
                                                                                            .offset()))
                                                            .orElse(0L))
                                            .sum();
                            return new Line(
                                    "d-" + cursor.user() + "-" + cursor.name(),
                                    List.of(
                                            Cell.of(cursor.user()),
                                            Cell.of(cursor.name()),
                                            Cell.mono(cursor.channels()),
                                            Cell.wide(cursor.filter()),
                                            Cell.number(behind),
                                            Cell.state(
                                                    one.held() ? "connected" : "away",
                                                    one.held() ? "ok" : "warn"),
                                            Cell.date(cursor.lastSeen())),
                                    List.of(
                                            purge(
                                                    QueuePages.DURABLE,
                                                    cursor.user(),
                                                    cursor.name())));
                        })
                        .toList();
        return new Sheet(
                        "durable",
                        "Durable subscriptions",
                        Numbers.count(cursors.size(), "place") + " kept",
                        columns(
                                "User",
                                "Name",
                                "Channels",
                                "~Filter",
                                "#Behind",
                                "State",
                                "#Last seen"),
                        lines,
                        "No durable subscription",
                        "A client that subscribes with a durable name goes on where it was.")
                .cut(cursors.size() >= MOST);
    }

    private static Sheet inboxes(List<InboxInfo> inboxes) {
        List<Line> lines =
                inboxes.stream()
                        .map(one ->
                                new Line(
                                        "in-" + one.user() + "-" + one.client(),
                                        List.of(
                                                Cell.of(one.user()),
                                                Cell.mono(one.client()),
                                                Cell.number(one.messages()),
                                                Cell.figure(Numbers.bytes(one.bytes())),
                                                Cell.number(one.lost()),
                                                Cell.state(
                                                        one.connected() ? "connected" : "away",
                                                        one.connected() ? "ok" : "warn"),
                                                Cell.date(one.lastSeen())),
                                        deeds(one)))
                        .toList();
        return new Sheet(
                "inboxes",
                "Direct messages",
                Numbers.count(inboxes.size(), "client"),
                columns("User", "~Client", "#Messages", "#Size", "#Lost", "State", "#Last seen"),
                lines,
                "No messages wait",
                "POST /ws/notify/{client_id} keeps a message until its client takes it.");
    }

    private static List<Deed> deeds(InboxInfo one) {
        Deed notify =
                Deed.link("/connections", "Notify", "notify", one.user() + "/" + one.client());
        return one.messages() == 0
                ? List.of(notify)
                : List.of(notify, purge(QueuePages.MESSAGES, one.user(), one.client()));
    }

    private static Deed purge(String kind, String user, String name) {
        return Deed.link(QueuePages.PATH, "Purge", kind, user + "/" + name);
    }

    List<Sheet> integrations() {
        Optional<Sources> found = services.find(Sources.class);
        List<SourceStatus> sources = found.map(Sources::statuses).orElse(List.of());
        List<SinkOutline> sinks = services.find(Sinks.class).map(Sinks::outlines).orElse(List.of());
        return List.of(
                sources(sources, name -> found.filter(all -> all.reads(name)).isPresent()),
                sinks(sinks));
    }

    /// @param read whether one of this name is read from, so that it can be tested
    private static Sheet sources(List<SourceStatus> sources, Predicate<String> read) {
        List<Line> lines =
                sources.stream()
                        .map(one ->
                                new Line(
                                        "src-" + one.name(),
                                        List.of(
                                                Cell.of(one.name()),
                                                Cell.of(one.kind()),
                                                Cell.of(one.format()),
                                                Cell.state(one.state().text(), Panels.mark(one)),
                                                Cell.wide(one.path()),
                                                Cell.figure(
                                                        Numbers.rate(one.eventsPerSecond()) + "/s"),
                                                Cell.figure(Numbers.bytes(one.lagBytes())),
                                                Cell.number(one.accepted()),
                                                Cell.number(one.deadLetters()),
                                                Cell.wide(one.lastError())),
                                        read.test(one.name())
                                                ? List.of(
                                                        new Deed(
                                                                "/integrations/sources/test",
                                                                "Test",
                                                                "name",
                                                                one.name()))
                                                : List.of()))
                        .toList();
        return new Sheet(
                "sources",
                "Sources",
                Numbers.count(sources.size(), "source"),
                columns(
                        "Name",
                        "Kind",
                        "Format",
                        "State",
                        "~Reads",
                        "#Rate",
                        "#Behind",
                        "#Accepted",
                        "#Dead letters",
                        "~Last error"),
                lines,
                "No source",
                "Name one in the configuration, post events, or make one by POST /api/sources.");
    }

    private static Sheet sinks(List<SinkOutline> sinks) {
        List<Line> lines =
                sinks.stream()
                        .map(one ->
                                new Line(
                                        "snk-" + one.name(),
                                        List.of(
                                                Cell.of(one.name()),
                                                Cell.of(one.kind()),
                                                Cell.state(one.state(), one.mark()),
                                                Cell.wide(one.target()),
                                                Cell.figure(
                                                        Numbers.rate(one.eventsPerSecond()) + "/s"),
                                                Cell.number(one.lag()),
                                                Cell.number(one.sent()),
                                                Cell.number(one.failed()),
                                                Cell.wide(one.lastError())),
                                        List.of(
                                                sink("test", "Test", one),
                                                one.state().equals("paused")
                                                        ? sink("resume", "Resume", one)
                                                        : sink("pause", "Pause", one),
                                                Deed.link(
                                                        RewindPages.PATH,
                                                        "Rewind",
                                                        "name",
                                                        one.name()))))
                        .toList();
        return new Sheet(
                "sinks",
                "Sinks",
                Numbers.count(sinks.size(), "sink"),
                columns(
                        "Name",
                        "Kind",
                        "State",
                        "~Target",
                        "#Rate",
                        "#Behind",
                        "#Sent",
                        "#Refused",
                        "~Last error"),
                lines,
                "No sink",
                "Name one under sinks in the configuration, or make one by POST /api/sinks.");
    }

    private static Deed sink(String what, String label, SinkOutline one) {
        return new Deed("/integrations/sinks/" + what, label, "name", one.name());
    }

    List<Sheet> users() {
        Auth auth = services.get(Auth.class);
        return List.of(
                users(auth.users().list()),
                tokens(auth.tokens().list()),
                sessions(auth.sessions()));
    }

    private static Sheet users(List<User> users) {
        List<Line> lines =
                users.stream()
                        .map(one ->
                                new Line(
                                        "u-" + one.name(),
                                        List.of(
                                                Cell.of(one.name()),
                                                Cell.of(one.role().text()),
                                                Cell.state(
                                                        one.disabled() ? "disabled" : "active",
                                                        one.disabled() ? "bad" : "ok"),
                                                Cell.date(one.created()),
                                                one.account()
                                                        .map(at -> Cell.of("at " + at.issuer()))
                                                        .orElseGet(() ->
                                                                Cell.date(one.passwordChanged()))),
                                        List.of(
                                                one.disabled()
                                                        ? new Deed(
                                                                "/users/enable",
                                                                "Enable",
                                                                "name",
                                                                one.name())
                                                        : new Deed(
                                                                "/users/disable",
                                                                "Disable",
                                                                "name",
                                                                one.name()))))
                        .toList();
        return new Sheet(
                "users",
                "Users",
                Numbers.count(users.size(), "user"),
                columns("~Name", "Role", "State", "#Made", "#Password set"),
                lines,
                "No user",
                "");
    }

    private static Sheet tokens(List<Token> tokens) {
        List<Line> lines =
                tokens.stream()
                        .map(one ->
                                new Line(
                                        "t-" + one.id(),
                                        List.of(
                                                Cell.of(one.name()),
                                                Cell.of(one.role().text()),
                                                Cell.wide(
                                                        one.channels().isEmpty()
                                                                ? "all the role may"
                                                                : one.channels().stream()
                                                                        .map(ChannelGrant::text)
                                                                        .collect(
                                                                                Collectors.joining(
                                                                                        ", "))),
                                                Cell.state(
                                                        one.revoked() ? "revoked" : "active",
                                                        one.revoked() ? "bad" : "ok"),
                                                Cell.date(one.issued()),
                                                Cell.date(one.expires())),
                                        one.revoked()
                                                ? List.of()
                                                : List.of(
                                                        new Deed(
                                                                "/users/revoke",
                                                                "Revoke",
                                                                "id",
                                                                one.id()))))
                        .toList();
        return new Sheet(
                "tokens",
                "Tokens",
                Numbers.count(tokens.size(), "token"),
                columns("Name", "Role", "~Channels", "State", "#Issued", "#Expires"),
                lines,
                "No token",
                "Sensors and scripts sign in with one.");
    }

    private static Sheet sessions(List<SessionInfo> sessions) {
        List<Line> lines =
                sessions.stream()
                        .map(one ->
                                new Line(
                                        "s-" + one.id(),
                                        List.of(
                                                Cell.of(one.user()),
                                                Cell.date(one.created()),
                                                Cell.date(one.seen()),
                                                Cell.date(one.expires())),
                                        List.of(
                                                new Deed(
                                                        "/users/sign-out",
                                                        "Sign out",
                                                        "id",
                                                        one.id()))))
                        .toList();
        return new Sheet(
                "sessions",
                "Sessions",
                Numbers.count(sessions.size(), "session"),
                columns("~User", "#Signed in", "#Last seen", "#Ends"),
                lines,
                "Nobody is signed in",
                "");
    }
}

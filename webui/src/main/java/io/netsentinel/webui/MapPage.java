package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `/map`: between which countries alerts are, now or in a past hour.
final class MapPage {
    private static final int MOST_COUNTRIES = 10;
    private static final int MOST_ALERTS = 20;

    /// How exactly a script is told when an alert was: in so many steps of the time that is shown.
    private static final int STEPS = 90;

    private final Web web;
    private final Places places = Places.load();

    MapPage(Web web) {
        this.web = web;
    }

    /// What stands around the picture.
    ///
    /// @param played whether a past hour is played back
    /// @param words of which time it is
    /// @param hour for the field of the form
    /// @param from where that time begins, epoch milliseconds
    /// @param to where it ends
    /// @param label what the picture shows, for those who do not see it
    /// @param note what is not on it
    record Around(
            boolean played,
            String words,
            String hour,
            long from,
            long to,
            String label,
            String note) {}

    void routes(Routes routes) {
        routes.get("/map", Access.PAGE, this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        if (!who.mayRead(Channel.ALERTS)) {
            throw Problem.forbidden("This identity may not read the channel alerts.");
        }
        Instant now = web.now();
        MapView view = MapView.parse(Web.parameters(request), now);
        PageHead head =
                new PageHead(
                        "Threat map",
                        "Threat map",
                        "/map",
                        "",
                        List.of(),
                        Window.Form.of(view.range(), MapView.RANGES));
        boolean played = view.hour().isPresent();
        boolean live = !played && who.maySubscribe(Channel.ALERTS);
        boolean part = Web.part(request);
        Map<String, Object> model = web.model(request, head);
        // asked before the alerts are read: from there on they are pushed
        OverviewModel.At at = web.at();
        model.put("at", at);
        MapTraffic traffic =
                MapTraffic.of(
                        web.alerts(),
                        who,
                        view.from(now),
                        view.to(now),
                        live ? at.offset() : Long.MAX_VALUE);
        model.put("severities", OverviewModel.Level.all());
        model.put(
                "around",
                new Around(
                        played,
                        view.words(),
                        view.field(now),
                        view.from(now).toEpochMilli(),
                        view.to(now).toEpochMilli(),
                        label(traffic, view),
                        note(traffic)));
        model.put("arcs", new MapPicture(places).draw(traffic));
        model.put("moments", MapPicture.moments(played && !part ? traffic.moments() : List.of()));
        model.put("land", !part);
        model.put("places", places.text());
        List<Sheet> newest = List.of(newest(traffic));
        model.put("countries", List.of(countries(traffic, view)));
        model.put("newest", newest);
        model.put("sheets", newest);
        model.put("follows", live ? Channel.ALERTS : "");
        model.put("counted", live ? traffic.counted(view.range().length().dividedBy(STEPS)) : "");
        model.put("length", view.range().length().toMillis());
        web.show(request, response, new Web.Shown("map", "map"), model);
    }

    private static String label(MapTraffic traffic, MapView view) {
        return "Map of the world: "
                + Numbers.count(traffic.events().size(), "alert")
                + ", "
                + view.words()
                + ". The tables list them.";
    }

    private static String note(MapTraffic traffic) {
        String cut = traffic.whole() ? "" : "Counted are the newest 5,000 alerts of that time. ";
        return cut
                + "A place is the middle of its country. "
                + (traffic.nowhere() == 0
                        ? ""
                        : Numbers.count(traffic.nowhere(), "alert")
                                + " without a country at either end "
                                + (traffic.nowhere() == 1 ? "is" : "are")
                                + " not on it.");
    }

    private static Sheet countries(MapTraffic traffic, MapView view) {
        List<MapTraffic.Country> all = traffic.sources();
        double total = Math.max(1, traffic.events().size());
        return new Sheet(
                "countries",
                "Top sources",
                view.words(),
                List.of(
                        new Column("Country", "wide"),
                        new Column("Worst", ""),
                        new Column("Alerts", "num"),
                        new Column("Share", "num")),
                all.stream()
                        .limit(MOST_COUNTRIES)
                        .map(one ->
                                new Line(
                                        "cc-" + one.code(),
                                        List.of(
                                                Cell.wide(
                                                        (one.code().isEmpty()
                                                                        ? ""
                                                                        : one.code() + " ")
                                                                + Places.name(one.code())),
                                                Cell.state(
                                                        Rows.word(one.worst()), one.worst().text()),
                                                Cell.number(one.alerts()),
                                                Cell.figure(
                                                        String.format(
                                                                Locale.ROOT,
                                                                "%.1f %%",
                                                                100 * one.alerts() / total))),
                                        List.of()))
                        .toList(),
                "No alert in this time",
                "Choose a longer range, or another hour.");
    }

    private static Sheet newest(MapTraffic traffic) {
        return new Sheet(
                        "newest",
                        "Newest alerts",
                        "",
                        List.of(
                                new Column("Time", "num"),
                                new Column("Severity", ""),
                                new Column("Signature", "wide"),
                                new Column("From", ""),
                                new Column("To", "")),
                        traffic.events().stream().limit(MOST_ALERTS).map(MapPage::line).toList(),
                        "No alert in this time",
                        "New ones appear here by themselves.")
                .cut(traffic.events().size() > MOST_ALERTS);
    }

    /// A row of the newest alerts, as the page shows it and as it is pushed.
    static Line line(Event event) {
        return new Line(
                "a-" + event.id(),
                List.of(
                        Cell.date(event.timestamp()),
                        Cell.state(Rows.word(event.severity()), event.severity().text()),
                        Cell.wide(Rows.signature(event)).toPage(Rows.path(event.id())),
                        end(MapTraffic.source(event), event.text(Fields.SOURCE_IP)),
                        end(MapTraffic.destination(event), event.text(Fields.DESTINATION_IP))),
                List.of());
    }

    private static Cell end(String code, String ip) {
        return Cell.mono((code.isEmpty() ? "" : code + " ") + ip);
    }
}

package io.netsentinel.webui;

import io.netsentinel.events.Severity;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Draws arcs between countries and a circle at each.
final class MapPicture {
    private static final int MOST_ROUTES = 60;
    private static final double BEND = 0.22;
    private static final double SMALLEST = 2.5;
    private static final double GROWTH = 1.7;

    private final Places places;
    private final Html out = new Html();

    MapPicture(Places places) {
        this.places = places;
    }

    Markup draw(MapTraffic traffic) {
        List<MapTraffic.Route> routes = traffic.routes(MOST_ROUTES);
        routes.forEach(this::arc);
        Map<String, MapTraffic.Country> ends = new HashMap<>();
        for (MapTraffic.Route route : routes) {
            for (String code : List.of(route.from(), route.to())) {
                ends.merge(
                        code,
                        new MapTraffic.Country(code, route.alerts(), route.worst()),
                        (one, other) ->
                                new MapTraffic.Country(
                                        code,
                                        one.alerts() + other.alerts(),
                                        one.worst().compareTo(other.worst()) >= 0
                                                ? one.worst()
                                                : other.worst()));
            }
        }
        ends.values().stream()
                .filter(end -> !end.code().equals(Places.HOME))
                .sorted(
                        Comparator.comparing(MapTraffic.Country::worst)
                                .thenComparing(MapTraffic.Country::code))
                .forEach(this::circle);
        return out.markup();
    }

    private void arc(MapTraffic.Route route) {
        Optional<Places.Point> from = places.of(route.from());
        Optional<Places.Point> to = places.of(route.to());
        if (from.isEmpty() || to.isEmpty()) {
            return;
        }
        out.raw("<path class='arc " + route.worst().text() + "'")
                .attribute("data-key", route.from() + ">" + route.to())
                .raw(" d='" + path(from.get(), to.get()) + "'><title>")
                .text(
                        Places.name(route.from())
                                + " to "
                                + Places.name(route.to())
                                + ": "
                                + Numbers.count(route.alerts(), "alert"))
                .raw("</title></path>");
    }

    /// A curve that rises above the straight line by a part of its length.
    static String path(Places.Point from, Places.Point to) {
        double length = Math.hypot(to.x() - from.x(), to.y() - from.y());
        long x = Math.round((from.x() + to.x()) / 2.0);
        long y = Math.round((from.y() + to.y()) / 2.0 - length * BEND);
        return "M" + from.x() + " " + from.y() + "Q" + x + " " + y + " " + to.x() + " " + to.y();
    }

    private void circle(MapTraffic.Country country) {
        Severity worst = country.worst();
        places.of(country.code())
                .ifPresent(at ->
                        out.raw("<circle class='spot " + worst.text() + "'")
                                .attribute("data-key", country.code())
                                .raw(" cx='" + at.x() + "' cy='" + at.y() + "' r='")
                                .raw(radius(country.alerts()))
                                .raw("'><title>")
                                .text(
                                        Places.name(country.code())
                                                + ": "
                                                + Numbers.count(country.alerts(), "alert"))
                                .raw("</title></circle>"));
    }

    private static String radius(long alerts) {
        return String.format(
                java.util.Locale.ROOT, "%.1f", SMALLEST + GROWTH * Math.log10(1.0 + alerts));
    }

    /// What a script plays back: when, from where, to where, how bad.
    static Markup moments(List<MapTraffic.Moment> moments) {
        Html out = new Html();
        for (MapTraffic.Moment moment : moments) {
            out.raw("<li data-at='")
                    .number(moment.at())
                    .raw("'")
                    .attribute("data-from", moment.route().from())
                    .attribute("data-to", moment.route().to())
                    .raw(" data-severity='" + moment.route().worst().text() + "'></li>");
        }
        return out.markup();
    }
}

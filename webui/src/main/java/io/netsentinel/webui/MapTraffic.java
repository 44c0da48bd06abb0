package io.netsentinel.webui;

import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Alert;
import io.netsentinel.detection.AlertPage;
import io.netsentinel.detection.AlertQuery;
import io.netsentinel.detection.Alerts;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which countries alerts come from and go to. The newest 5,000 of a time are counted.
final class MapTraffic {
    private static final int MOST_PAGES = 10;
    private static final long BUCKET_MILLIS = 10_000;
    private static final int MOST_MOMENTS = 2_000;
    private static final int MILLIS = 1_000;

    private final List<Event> events = new ArrayList<>();
    private boolean whole = true;

    private MapTraffic() {}

    /// @param place what was committed after it on the channel is not counted: it is pushed
    static MapTraffic of(Alerts alerts, Identity who, Instant from, Instant to, long place) {
        MapTraffic traffic = new MapTraffic();
        AlertQuery query = AlertQuery.newest(AlertQuery.MAX_LIMIT).withRange(from, to);
        for (int page = 0; page < MOST_PAGES; page++) {
            AlertPage found = alerts.list(who, query);
            found.alerts().stream()
                    .filter(alert -> alert.offset() <= place)
                    .map(Alert::event)
                    .forEach(traffic.events::add);
            traffic.whole = found.next().isEmpty();
            if (traffic.whole) {
                break;
            }
            query = query.after(found.next().get());
        }
        return traffic;
    }

    /// From one country to another.
    ///
    /// @param from code, empty for the own networks
    /// @param worst of its alerts
    record Route(String from, String to, long alerts, Severity worst) {}

    /// What one country did.
    record Country(String code, long alerts, Severity worst) {}

    /// What happened within ten seconds between two countries.
    ///
    /// @param at when they begin, epoch milliseconds
    record Moment(long at, Route route) {}

    /// Newest first.
    List<Event> events() {
        return events;
    }

    /// Whether all of that time was counted.
    boolean whole() {
        return whole;
    }

    static String source(Event event) {
        return event.text(Fields.SOURCE_GEO_COUNTRY_ISO_CODE);
    }

    static String destination(Event event) {
        return event.text(Fields.DESTINATION_GEO_COUNTRY_ISO_CODE);
    }

    /// Alerts that have a country at neither end.
    long nowhere() {
        return events.stream()
                .filter(event -> source(event).isEmpty() && destination(event).isEmpty())
                .count();
    }

    /// The most important last, so that it lies on top.
    List<Route> routes(int most) {
        Map<List<String>, Route> routes = new HashMap<>();
        for (Event event : events) {
            add(routes, List.of(source(event), destination(event)), event);
        }
        return routes.values().stream()
                .filter(route -> !route.from().equals(route.to()))
                .sorted(
                        Comparator.comparing(Route::worst)
                                .thenComparingLong(Route::alerts)
                                .reversed()
                                .thenComparing(Route::from)
                                .thenComparing(Route::to))
                .limit(most)
                .toList()
                .reversed();
    }

    private static <K> void add(Map<K, Route> routes, K key, Event event) {
        routes.merge(
                key,
                new Route(source(event), destination(event), 1, event.severity()),
                (one, other) ->
                        new Route(
                                one.from(),
                                one.to(),
                                one.alerts() + other.alerts(),
                                one.worst().compareTo(other.worst()) >= 0
                                        ? one.worst()
                                        : other.worst()));
    }

    /// Where alerts come from, those with most first.
    List<Country> sources() {
        Map<String, Country> countries = new HashMap<>();
        for (Event event : events) {
            countries.merge(
                    source(event),
                    new Country(source(event), 1, event.severity()),
                    (one, other) ->
                            new Country(
                                    one.code(),
                                    one.alerts() + 1,
                                    one.worst().compareTo(other.worst()) >= 0
                                            ? one.worst()
                                            : other.worst()));
        }
        return countries.values().stream()
                .sorted(
                        Comparator.comparingLong(Country::alerts)
                                .reversed()
                                .thenComparing(Country::code))
                .toList();
    }

    /// What to play back, in order.
    List<Moment> moments() {
        Map<List<Object>, Route> moments = new HashMap<>();
        for (Event event : events) {
            if (!source(event).equals(destination(event))) {
                long at = event.timestamp().toEpochMilli() / BUCKET_MILLIS * BUCKET_MILLIS;
                add(moments, List.of(at, source(event), destination(event)), event);
            }
        }
        return sorted(moments).limit(MOST_MOMENTS).toList();
    }

    /// Everything that was counted, oldest first, for a script that goes on counting: `1764532000
    /// CH US high 3;…` is when (seconds), from, to, how bad, how many.
    ///
    /// @param step when it happened is told as exactly as this
    String counted(Duration step) {
        Map<List<Object>, Route> moments = new HashMap<>();
        for (Event event : events) {
            long at = event.timestamp().toEpochMilli() / step.toMillis() * step.toMillis();
            add(moments, List.of(at, source(event), destination(event), event.severity()), event);
        }
        return sorted(moments)
                .map(one ->
                        String.join(
                                " ",
                                String.valueOf(one.at() / MILLIS),
                                code(one.route().from()),
                                code(one.route().to()),
                                one.route().worst().text(),
                                String.valueOf(one.route().alerts())))
                .collect(Collectors.joining(";"));
    }

    /// Nobody says that a country code of an event is one.
    private static String code(String text) {
        return Visible.of(text).replaceAll("[ ;]", "");
    }

    private static Stream<Moment> sorted(Map<List<Object>, Route> moments) {
        return moments.entrySet().stream()
                .map(one -> new Moment((long) one.getKey().getFirst(), one.getValue()))
                .sorted(
                        Comparator.comparingLong(Moment::at)
                                .thenComparing(one -> one.route().from())
                                .thenComparing(one -> one.route().to())
                                .thenComparing(one -> one.route().worst()));
    }
}

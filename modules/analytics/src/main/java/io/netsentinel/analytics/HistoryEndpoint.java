package io.netsentinel.analytics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.Since;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `GET /api/figures`: the figures of `/metrics` over time. A figure somebody may not know is one
/// that there is not.
public final class HistoryEndpoint implements Endpoint {
    private static final int POINTS = 300;
    private static final int MOST_POINTS = 2_000;
    private static final int MOST_NAMES = 20;
    private static final long HOUR = 3_600_000;

    private final Clock clock = Clock.systemUTC();

    /// For `ServiceLoader`.
    public HistoryEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Meters meters = Meters.of(services);
        FigureHistory figures = services.get(FigureHistory.class);
        figures.start(meters::tell);
        routes.get(
                "/api/figures",
                Access.READ,
                (request, response) -> {
                    Identity who = Guard.identity(request);
                    Set<String> names = names(request);
                    if (names.isEmpty()) {
                        Sample now = Sample.take(clock.millis(), meters::tell);
                        Json.send(response, catalogue(now, who));
                    } else {
                        names.removeIf(name -> !Meters.visible(name, who));
                        send(figures, names, request, response);
                    }
                });
    }

    private static Set<String> names(ServerRequest request) {
        Set<String> names = new LinkedHashSet<>();
        for (String given : request.query().all("name", List::of)) {
            names.addAll(List.of(given.split(",", -1)));
        }
        if (names.size() > MOST_NAMES) {
            throw Problem.badRequest(
                    "name: " + names.size() + " names; at most " + MOST_NAMES + " at once");
        }
        return names;
    }

    /// What there is to ask for.
    private static ObjectNode catalogue(Sample now, Identity who) {
        Map<String, Boolean> kinds = new LinkedHashMap<>();
        now.values().keySet().stream()
                .filter(id -> Meters.visible(id.name(), who))
                .forEach(id -> kinds.put(id.name(), id.counter()));
        ObjectNode json = Json.object();
        ArrayNode figures = json.putArray("figures");
        kinds.forEach((name, counter) ->
                figures.addObject().put("name", name).put("kind", counter ? "counter" : "gauge"));
        return json;
    }

    private void send(
            FigureHistory figures,
            Set<String> names,
            ServerRequest request,
            ServerResponse response) {
        long now = clock.millis();
        long to = time(request, "to", now).orElse(now);
        long from = time(request, "from", now).orElse(to - HOUR);
        if (from >= to) {
            throw Problem.badRequest("from: must be before to");
        }
        FigureLines lines =
                figures.read(
                        names,
                        Instant.ofEpochMilli(from),
                        Instant.ofEpochMilli(to),
                        points(request));
        Json.send(response, json(lines));
    }

    private static Optional<Long> time(ServerRequest request, String name, long now) {
        String text = request.query().first(name).orElse("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                Since.parse(text, Instant.ofEpochMilli(now))
                        .filter(time -> !time.isBefore(Instant.EPOCH))
                        .orElseThrow(() ->
                                Problem.badRequest(
                                        name
                                                + ": \""
                                                + text
                                                + "\" is no time: expected ISO 8601, or -90s, -15m, -24h, -7d"))
                        .toEpochMilli());
    }

    private static int points(ServerRequest request) {
        String text = request.query().first("points").orElse(String.valueOf(POINTS));
        try {
            int points = Integer.parseInt(text);
            if (points >= 1 && points <= MOST_POINTS) {
                return points;
            }
        } catch (NumberFormatException _) {
            // the same answer as for a number out of range
        }
        throw Problem.badRequest(
                "points: \"" + text + "\" is not a number from 1 to " + MOST_POINTS);
    }

    private static ObjectNode json(FigureLines lines) {
        ObjectNode json = Json.object();
        json.put("from", lines.from().toString());
        json.put("step", lines.step().toSeconds()).put("count", lines.count());
        ArrayNode all = json.putArray("series");
        for (FigureLines.Line one : lines.lines()) {
            ObjectNode line = all.addObject();
            line.put("name", one.name());
            line.put("kind", one.counter() ? "rate" : "mean");
            ObjectNode labels = line.putObject("labels");
            one.labels().forEach(labels::put);
            ArrayNode values = line.putArray("values");
            for (double value : one.values()) {
                if (Double.isNaN(value)) {
                    values.addNull();
                } else {
                    values.add(value);
                }
            }
        }
        return json;
    }
}

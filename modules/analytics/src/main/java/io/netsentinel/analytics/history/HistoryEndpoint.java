package io.netsentinel.analytics.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.analytics.Meters;
import io.netsentinel.queuing.Store;
import io.netsentinel.transport.Access;
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
import org.jspecify.annotations.Nullable;

/// `GET /api/figures`: the figures of `/metrics` over time.
public final class HistoryEndpoint implements Endpoint, AutoCloseable {
    private static final int POINTS = 300;
    private static final int MOST_POINTS = 2_000;
    private static final int MOST_NAMES = 20;
    private static final long HOUR = 3_600_000;

    private final Clock clock = Clock.systemUTC();
    private @Nullable FigureHistory history;

    /// For `ServiceLoader`.
    public HistoryEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Meters meters = Meters.of(services);
        FigureHistory figures =
                new FigureHistory(services.get(Store.class), meters::tell, clock).start();
        history = figures;
        routes.get(
                "/api/figures",
                Access.READ,
                (request, response) -> {
                    Set<String> names = names(request);
                    if (names.isEmpty()) {
                        Json.send(response, catalogue(Sample.take(clock.millis(), meters::tell)));
                    } else {
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
    private static ObjectNode catalogue(Sample now) {
        Map<String, Boolean> kinds = new LinkedHashMap<>();
        now.values().keySet().forEach(id -> kinds.put(id.name(), id.counter()));
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
        Resolution resolution =
                from >= now - Resolution.FINE.kept() ? Resolution.FINE : Resolution.COARSE;
        long kept = Math.max(from, now - Resolution.COARSE.kept());
        long step = step(to - from, points(request), resolution.step());
        int count = (int) ((to - from + step - 1) / step);
        List<Series> series =
                Series.of(
                        figures.samples(resolution, kept, to),
                        names,
                        from,
                        step,
                        count,
                        resolution.step());
        Json.send(response, json(from, step, count, series));
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

    /// Whole samples, not more steps than wanted.
    private static long step(long span, int points, long distance) {
        long wanted = (span + points - 1) / points;
        return Math.max(1, (wanted + distance - 1) / distance) * distance;
    }

    private static ObjectNode json(long from, long step, int count, List<Series> series) {
        ObjectNode json = Json.object();
        json.put("from", Instant.ofEpochMilli(from).toString());
        json.put("step", step / 1_000).put("count", count);
        ArrayNode all = json.putArray("series");
        for (Series one : series) {
            ObjectNode line = all.addObject();
            line.put("name", one.id().name());
            line.put("kind", one.id().counter() ? "rate" : "mean");
            ObjectNode labels = line.putObject("labels");
            List<String> pairs = one.id().labels();
            for (int i = 0; i + 1 < pairs.size(); i += 2) {
                labels.put(pairs.get(i), pairs.get(i + 1));
            }
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

    @Override
    public void close() {
        if (history != null) {
            history.close();
        }
    }
}

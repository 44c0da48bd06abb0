package io.netsentinel.detection.incident;

import io.helidon.common.parameters.Parameters;
import io.netsentinel.detection.IncidentQuery;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.events.Severity;
import io.netsentinel.transport.Problem;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads the parameters of `GET /api/incidents`: `status` and `severity` (comma-separated),
/// `owner`, `q`, `sort` (`score`, `newest`), `limit`, `cursor`. A value that cannot be understood
/// is a 400 that names it.
final class IncidentParameters {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 20_000;

    private IncidentParameters() {}

    static IncidentQuery read(Parameters query) {
        return new IncidentQuery(
                set(query, "status", IncidentStatus::parse, "new, triaged, contained, closed"),
                set(query, "severity", Severity::parse, "info, low, medium, high, critical"),
                query.first("owner").asOptional(),
                query.first("q").orElse(""),
                sort(query.first("sort").orElse("score")),
                number(query, "cursor", 0, 0, MOST),
                number(query, "limit", DEFAULT_LIMIT, 1, IncidentQuery.MAX_LIMIT));
    }

    private static <T> Set<T> set(
            Parameters query, String name, Function<String, Optional<T>> parse, String allowed) {
        Set<T> values = new LinkedHashSet<>();
        for (String word : query.first(name).orElse("").split(",", -1)) {
            if (!word.isBlank()) {
                values.add(
                        parse.apply(word.strip())
                                .orElseThrow(() ->
                                        Problem.badRequest(
                                                name
                                                        + ": \""
                                                        + word.strip()
                                                        + "\" is not one of "
                                                        + allowed)));
            }
        }
        return values;
    }

    private static IncidentQuery.Sort sort(String name) {
        return switch (name) {
            case "score" -> IncidentQuery.Sort.SCORE;
            case "newest" -> IncidentQuery.Sort.NEWEST;
            default ->
                    throw Problem.badRequest("sort: \"" + name + "\" is not one of score, newest");
        };
    }

    private static int number(Parameters query, String name, int absent, int least, int most) {
        String text = query.first(name).orElse(String.valueOf(absent));
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // the same answer as for a number out of range
        }
        throw Problem.badRequest(
                name + ": \"" + text + "\" is not a number from " + least + " to " + most);
    }
}

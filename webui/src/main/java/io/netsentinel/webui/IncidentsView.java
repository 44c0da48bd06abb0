package io.netsentinel.webui;

import io.netsentinel.detection.IncidentQuery;
import io.netsentinel.detection.IncidentStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// What the address of the incidents page says. Every link of the page is another value of this.
///
/// @param status only this one; absent for all that are not closed
/// @param mine only those of this user, `""` for everybody's
/// @param query text to search for
/// @param newest newest first instead of worst first
/// @param skip how many come before this page
record IncidentsView(
        Optional<IncidentStatus> status, String mine, String query, boolean newest, int skip) {
    static final int ROWS = 100;
    private static final int MAX_TEXT = 200;
    private static final int MAX_SKIP = 20_000;

    /// Reads an address. What it does not know it leaves out.
    static IncidentsView parse(Function<String, Optional<String>> parameters) {
        String query = parameters.apply("q").orElse("").strip();
        String mine = parameters.apply("owner").orElse("").strip();
        return new IncidentsView(
                parameters.apply("status").flatMap(IncidentStatus::parse),
                mine.length() > MAX_TEXT ? "" : mine,
                query.length() > MAX_TEXT ? query.substring(0, MAX_TEXT) : query,
                parameters.apply("sort").orElse("").equals("newest"),
                number(parameters.apply("skip").orElse("0")));
    }

    private static int number(String text) {
        try {
            return Math.clamp(Integer.parseInt(text), 0, MAX_SKIP);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    IncidentQuery toQuery() {
        Set<IncidentStatus> statuses =
                status.<Set<IncidentStatus>>map(EnumSet::of).orElse(Set.of());
        return new IncidentQuery(
                statuses,
                Set.of(),
                mine.isEmpty() ? Optional.empty() : Optional.of(mine),
                query,
                newest ? IncidentQuery.Sort.NEWEST : IncidentQuery.Sort.SCORE,
                skip,
                ROWS);
    }

    String href() {
        List<String> parts = new ArrayList<>();
        status.ifPresent(only -> parts.add("status=" + only.text()));
        if (!mine.isEmpty()) {
            parts.add("owner=" + URLEncoder.encode(mine, StandardCharsets.UTF_8));
        }
        if (!query.isEmpty()) {
            parts.add("q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        }
        if (newest) {
            parts.add("sort=newest");
        }
        if (skip > 0) {
            parts.add("skip=" + skip);
        }
        return parts.isEmpty() ? "/incidents" : "/incidents?" + String.join("&", parts);
    }

    IncidentsView only(Optional<IncidentStatus> other) {
        return new IncidentsView(other, mine, query, newest, 0);
    }

    IncidentsView of(String owner) {
        return new IncidentsView(status, owner, query, newest, 0);
    }

    IncidentsView sorted(boolean byTime) {
        return new IncidentsView(status, mine, query, byTime, 0);
    }

    IncidentsView from(int first) {
        return new IncidentsView(status, mine, query, newest, Math.max(0, first));
    }
}

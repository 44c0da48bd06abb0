package io.netsentinel.webui;

import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentPage;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.detection.Resolution;
import io.netsentinel.events.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The list of incidents, as its template takes it. Every text in here came from outside and went
/// through [Visible].
record IncidentsModel(
        List<Chip> chips,
        List<Line> lines,
        String sortHref,
        boolean newest,
        String query,
        String here,
        String olderHref,
        String newerHref,
        String summary,
        boolean full) {

    boolean older() {
        return !olderHref.isEmpty();
    }

    boolean newer() {
        return !newerHref.isEmpty();
    }

    /// A filter that can be switched on.
    record Chip(String id, String word, String href, boolean on) {}

    /// A row.
    record Line(
            String id,
            int version,
            String href,
            String severity,
            String severityWord,
            int score,
            String title,
            String status,
            String statusWord,
            String owner,
            String members,
            String hosts,
            String steps,
            Instant last) {
        String time() {
            return last.toString();
        }

        String timeFull() {
            return Rows.full(last);
        }

        String clock() {
            return Rows.clock(last);
        }
    }

    static IncidentsModel of(IncidentsView view, IncidentPage page, String user) {
        List<Line> lines = page.incidents().stream().map(IncidentsModel::line).toList();
        String more = page.next().isPresent() ? ", more follow" : "";
        return new IncidentsModel(
                chips(view, user),
                lines,
                view.sorted(!view.newest()).href(),
                view.newest(),
                Visible.of(view.query()),
                view.href(),
                page.next().map(next -> view.from(next).href()).orElse(""),
                view.skip() == 0 ? "" : view.from(view.skip() - IncidentsView.ROWS).href(),
                Numbers.count(lines.size(), "incident") + more,
                !lines.isEmpty());
    }

    private static List<Chip> chips(IncidentsView view, String user) {
        List<Chip> chips = new ArrayList<>();
        chips.add(
                new Chip(
                        "chip-waiting",
                        "Not closed",
                        view.only(Optional.empty()).href(),
                        view.status().isEmpty()));
        for (IncidentStatus status : IncidentStatus.values()) {
            chips.add(
                    new Chip(
                            "chip-" + status.text(),
                            word(status),
                            view.only(Optional.of(status)).href(),
                            view.status().equals(Optional.of(status))));
        }
        boolean mine = view.mine().equals(user);
        chips.add(new Chip("chip-mine", "Mine", view.of(mine ? "" : user).href(), mine));
        return chips;
    }

    static Line line(Incident incident) {
        Severity severity = incident.severity();
        return new Line(
                incident.id(),
                incident.version(),
                path(incident.id()),
                severity.text(),
                Rows.word(severity),
                incident.score(),
                Visible.of(incident.title()),
                incident.status().text(),
                status(incident),
                Visible.of(incident.owner()),
                Numbers.whole(incident.members()),
                hosts(incident),
                Numbers.count(incident.tactics().size(), "step"),
                incident.last().truncatedTo(ChronoUnit.MILLIS));
    }

    static String hosts(Incident incident) {
        int n = incident.hosts().size();
        return n == 50 ? "50 hosts or more" : Numbers.count(n, "host");
    }

    static String path(String id) {
        return "/incidents/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String status(Incident incident) {
        return word(incident.status())
                + incident.resolution()
                        .map(r ->
                                r == Resolution.TRUE_POSITIVE
                                        ? ", true positive"
                                        : ", false positive")
                        .orElse("");
    }

    static String word(IncidentStatus status) {
        return Character.toUpperCase(status.text().charAt(0)) + status.text().substring(1);
    }
}

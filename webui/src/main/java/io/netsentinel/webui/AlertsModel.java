package io.netsentinel.webui;

import io.netsentinel.detection.Alert;
import io.netsentinel.detection.AlertPage;
import io.netsentinel.detection.Change;
import io.netsentinel.detection.GroupBy;
import io.netsentinel.detection.OpenCounts;
import io.netsentinel.detection.Status;
import io.netsentinel.events.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The list of alerts, as its template takes it.
final class AlertsModel {
    private AlertsModel() {}

    /// A filter that can be switched on and off.
    ///
    /// @param id of its element
    /// @param mark whether the mark of the severity stands before the word
    /// @param count open alerts of it, empty for no number
    record Chip(
            String id,
            String key,
            String word,
            String href,
            boolean on,
            boolean mark,
            String count) {
        boolean counted() {
            return !count.isEmpty();
        }
    }

    /// A way to put alerts together.
    record Choice(String id, String label, String href, boolean on) {}

    /// What stands above the list, grouped or not.
    ///
    /// @param ways how the alerts can be grouped
    /// @param kept what the filter's form carries along
    /// @param filter what stands in its field
    /// @param problem what is wrong with it, empty for nothing
    /// @param narrowed whether all that match may be acknowledged at once: something narrows them
    /// @param view the address of the view
    /// @param until the moment up to which they are acknowledged, milliseconds since 1970
    record Tools(
            List<Choice> ways,
            List<Shell.Kept> kept,
            String filter,
            String problem,
            boolean narrowed,
            String view,
            long until) {
        /// Copies the lists.
        Tools {
            ways = List.copyOf(ways);
            kept = List.copyOf(kept);
        }

        static Tools of(AlertsView view, String filter, String problem, Instant now) {
            List<Choice> ways = new ArrayList<>();
            ways.add(way(view, Optional.empty(), "Each alert"));
            for (GroupBy by : GroupBy.values()) {
                ways.add(way(view, Optional.of(by), "By " + by.text()));
            }
            List<Shell.Kept> kept = new ArrayList<>(view.filtered("").kept());
            kept.addAll(view.window().fields(TimeRange.ALL));
            return new Tools(
                    ways,
                    kept,
                    Visible.of(filter),
                    problem,
                    view.narrowed() && problem.isEmpty(),
                    view.closed().href(),
                    now.toEpochMilli());
        }

        private static Choice way(AlertsView view, Optional<GroupBy> by, String label) {
            return new Choice(
                    "group-" + by.map(GroupBy::text).orElse("none"),
                    label,
                    view.grouped(by).href(),
                    view.group().equals(by));
        }

        /// Whether the filter is wrong.
        boolean wrong() {
            return !problem.isEmpty();
        }
    }

    /// The list and what stands around it. Links that lead nowhere are empty.
    record ListView(
            boolean live,
            boolean full,
            boolean bySeverity,
            String severities,
            String statuses,
            String query,
            String here,
            String sortHref,
            String newestHref,
            String olderHref,
            String caption,
            String summary,
            String emptyTitle,
            String emptyText) {

        static ListView of(AlertsView view, AlertPage page) {
            int n = page.alerts().size();
            String more = page.next().isPresent() ? ", older ones follow" : "";
            return new ListView(
                    view.live(),
                    n > 0,
                    view.bySeverity(),
                    view.severityList(),
                    view.statusList(),
                    view.query(),
                    view.href(),
                    view.toggleSort().href(),
                    view.before().isEmpty() ? "" : view.newest().href(),
                    page.next().map(cursor -> view.older(cursor).href()).orElse(""),
                    view.words() + (view.bySeverity() ? ", worst first" : ", newest first"),
                    Numbers.count(n, "alert") + more,
                    "No "
                            + view.words().substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                            + view.words().substring(1),
                    whyEmpty(view));
        }
    }

    private static String whyEmpty(AlertsView view) {
        if (!view.before().isEmpty()) {
            return "There is nothing older.";
        }
        if (view.narrowed()) {
            return view.live()
                    ? "Nothing that matches these filters; new ones appear here by themselves."
                    : "Nothing that matches these filters in this time: choose another.";
        }
        return "New ones appear here by themselves.";
    }

    /// The filters, in two groups.
    static List<List<Chip>> chips(AlertsView view, OpenCounts open) {
        List<Chip> statuses = new ArrayList<>();
        for (Status status : new Status[] {Status.OPEN, Status.ESCALATED, Status.ACKNOWLEDGED}) {
            String word =
                    Character.toUpperCase(status.text().charAt(0)) + status.text().substring(1);
            statuses.add(
                    new Chip(
                            "chip-" + status.text(),
                            status.text(),
                            word,
                            view.toggle(status).href(),
                            view.statuses().contains(status),
                            false,
                            ""));
        }
        List<Chip> severities = new ArrayList<>();
        for (Severity severity : OverviewModel.WORST_FIRST) {
            severities.add(
                    new Chip(
                            "chip-" + severity.text(),
                            severity.text(),
                            Rows.word(severity),
                            view.toggle(severity).href(),
                            view.severities().contains(severity),
                            true,
                            Numbers.whole(open.of(severity))));
        }
        return List.of(statuses, severities);
    }

    /// The rows of the table.
    static Markup rows(List<Alert> alerts) {
        Html out = new Html();
        alerts.forEach(alert -> Rows.table(out, alert.event(), state(alert)));
        return out.markup();
    }

    /// The rows of the feed.
    static Markup feed(List<Alert> alerts) {
        Html out = new Html();
        alerts.forEach(alert -> Rows.feed(out, alert.event()));
        return out.markup();
    }

    static RowState state(Alert alert) {
        return new RowState(alert.status().text(), alert.version(), mover(alert));
    }

    /// Who brought it to its status; a note moves nothing.
    private static String mover(Alert alert) {
        for (Change change : alert.history().reversed()) {
            if (!change.action().equals("note")) {
                return change.user();
            }
        }
        return "";
    }
}

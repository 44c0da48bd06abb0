package io.netsentinel.webui;

import io.netsentinel.detection.Alert;
import io.netsentinel.detection.AlertPage;
import io.netsentinel.detection.Change;
import io.netsentinel.detection.OpenCounts;
import io.netsentinel.detection.Status;
import io.netsentinel.events.Severity;
import java.util.ArrayList;
import java.util.List;

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
                    view.live() ? "" : view.newest().href(),
                    page.next().map(cursor -> view.older(cursor).href()).orElse(""),
                    view.words() + (view.bySeverity() ? ", worst first" : ", newest first"),
                    Numbers.count(n, "alert") + more,
                    "No "
                            + view.words().substring(0, 1).toLowerCase(java.util.Locale.ROOT)
                            + view.words().substring(1),
                    view.live()
                            ? "New ones appear here by themselves."
                            : "There is nothing older.");
        }
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

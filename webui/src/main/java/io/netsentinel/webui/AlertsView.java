package io.netsentinel.webui;

import io.netsentinel.detection.AlertQuery;
import io.netsentinel.detection.Status;
import io.netsentinel.events.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the address of the alerts page says: filters, order, range, place and the opened alert.
/// Every link of the page is another value of this.
///
/// @param severities only these, empty for all
/// @param statuses only these, empty for all
/// @param query text to search for
/// @param range how far back
/// @param bySeverity worst first instead of newest first
/// @param before where an older page begins, empty for the newest
/// @param alert id of the opened alert, empty for none
record AlertsView(
        Set<Severity> severities,
        Set<Status> statuses,
        String query,
        TimeRange range,
        boolean bySeverity,
        String before,
        String alert) {
    static final int ROWS = 200;
    private static final int MAX_TEXT = 200;

    /// What needs somebody: the view without any parameter.
    static final Set<Status> WAITING = Set.copyOf(EnumSet.of(Status.OPEN, Status.ESCALATED));

    static final AlertsView DEFAULT =
            new AlertsView(Set.of(), WAITING, "", TimeRange.ALL, false, "", "");

    AlertsView {
        severities = Set.copyOf(severities);
        statuses = Set.copyOf(statuses);
    }

    /// Gives a parameter of the address by name, empty when it is absent.
    @FunctionalInterface
    interface Parameters {
        Optional<String> get(String name);
    }

    /// Reads an address. What it does not know it leaves out: a link from elsewhere still shows
    /// something.
    static AlertsView parse(Parameters parameters) {
        return new AlertsView(
                parameters.get("severity").map(AlertsView::severities).orElse(Set.of()),
                parameters.get("status").map(AlertsView::statuses).orElse(WAITING),
                cut(parameters.get("q").orElse("").strip()),
                parameters.get("range").flatMap(TimeRange::parse).orElse(TimeRange.ALL),
                parameters.get("sort").orElse("").equals("severity"),
                cut(parameters.get("before").orElse("")),
                cut(parameters.get("alert").orElse("")));
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }

    private static Set<Severity> severities(String list) {
        return List.of(list.split(",", -1)).stream()
                .flatMap(word -> Severity.parse(word).stream())
                .collect(Collectors.toSet());
    }

    private static Set<Status> statuses(String list) {
        return List.of(list.split(",", -1)).stream()
                .flatMap(word -> Status.parse(word).stream())
                .collect(Collectors.toSet());
    }

    /// The same as a question to the alert index.
    AlertQuery toQuery(Instant now) {
        AlertQuery query =
                AlertQuery.newest(ROWS)
                        .withSeverities(severities)
                        .withStatuses(statuses)
                        .withText(query())
                        .withSort(bySeverity ? AlertQuery.Sort.SEVERITY : AlertQuery.Sort.NEWEST);
        if (range != TimeRange.ALL) {
            query = query.withRange(now.minus(range.length()), Instant.MAX);
        }
        return before.isEmpty() ? query : query.after(before);
    }

    /// Whether new alerts belong on this page: it is the newest one.
    boolean live() {
        return before.isEmpty();
    }

    /// The address of this view.
    String href() {
        List<String> parts = new ArrayList<>();
        if (!severities.isEmpty()) {
            parts.add("severity=" + severityList());
        }
        if (!statuses.equals(WAITING)) {
            parts.add("status=" + (statuses.isEmpty() ? "all" : statusList()));
        }
        add(parts, "q", query);
        add(parts, "range", range == TimeRange.ALL ? "" : range.key());
        add(parts, "sort", bySeverity ? "severity" : "");
        add(parts, "before", before);
        add(parts, "alert", alert);
        return parts.isEmpty() ? "/alerts" : "/alerts?" + String.join("&", parts);
    }

    /// The chosen severities, worst first; empty for all.
    String severityList() {
        return severities.stream()
                .sorted((a, b) -> b.compareTo(a))
                .map(Severity::text)
                .collect(Collectors.joining(","));
    }

    /// The chosen statuses; empty for all.
    String statusList() {
        return statuses.stream().sorted().map(Status::text).collect(Collectors.joining(","));
    }

    private static void add(List<String> parts, String name, String value) {
        if (!value.isEmpty()) {
            parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    AlertsView toggle(Severity severity) {
        return new AlertsView(
                flip(severities, severity), statuses, query, range, bySeverity, "", "");
    }

    AlertsView toggle(Status status) {
        return new AlertsView(severities, flip(statuses, status), query, range, bySeverity, "", "");
    }

    AlertsView toggleSort() {
        return new AlertsView(severities, statuses, query, range, !bySeverity, "", "");
    }

    AlertsView older(String cursor) {
        return new AlertsView(severities, statuses, query, range, bySeverity, cursor, "");
    }

    AlertsView newest() {
        return new AlertsView(severities, statuses, query, range, bySeverity, "", "");
    }

    AlertsView closed() {
        return new AlertsView(severities, statuses, query, range, bySeverity, before, "");
    }

    /// The parameters that the search field and the range form carry along.
    List<Shell.Kept> kept() {
        List<Shell.Kept> kept = new ArrayList<>();
        if (!severities.isEmpty()) {
            kept.add(new Shell.Kept("severity", severityList()));
        }
        if (!statuses.equals(WAITING)) {
            kept.add(new Shell.Kept("status", statuses.isEmpty() ? "all" : statusList()));
        }
        if (!query.isEmpty()) {
            kept.add(new Shell.Kept("q", query));
        }
        if (bySeverity) {
            kept.add(new Shell.Kept("sort", "severity"));
        }
        return kept;
    }

    /// The view in words, for the table's caption and an empty list.
    String words() {
        String which =
                statuses.isEmpty() || statuses.size() == Status.values().length
                        ? "Alerts"
                        : statuses.stream()
                                        .sorted()
                                        .map(Status::text)
                                        .collect(Collectors.joining(" and "))
                                + " alerts";
        String how =
                severities.isEmpty() ? "" : " of severity " + severityList().replace(",", ", ");
        return which.substring(0, 1).toUpperCase(Locale.ROOT) + which.substring(1) + how;
    }

    private static <T extends Enum<T>> Set<T> flip(Set<T> set, T element) {
        Set<T> flipped = new java.util.HashSet<>(set);
        if (!flipped.remove(element)) {
            flipped.add(element);
        }
        return flipped;
    }
}

package io.netsentinel.webui;

import io.netsentinel.detection.AlertQuery;
import io.netsentinel.detection.GroupBy;
import io.netsentinel.detection.Status;
import io.netsentinel.events.Filter;
import io.netsentinel.events.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the address of the alerts page says: filters, order, time, grouping, place and the opened
/// alert. Every link of the page is another value of this.
///
/// @param severities only these, empty for all
/// @param statuses only these, empty for all
/// @param query text to search for
/// @param filter what they must satisfy, in the filter language; empty for nothing
/// @param window of which time
/// @param bySeverity worst first instead of newest first
/// @param group empty for one alert a row
/// @param before where an older page begins, empty for the newest
/// @param alert id of the opened alert, empty for none
record AlertsView(
        Set<Severity> severities,
        Set<Status> statuses,
        String query,
        String filter,
        Window window,
        boolean bySeverity,
        Optional<GroupBy> group,
        String before,
        String alert) {
    static final int ROWS = 200;
    static final int MAX_TEXT = 200;

    /// The times that the page offers; the first one is the usual.
    static final List<TimeRange> RANGES =
            List.of(
                    TimeRange.ALL,
                    TimeRange.MINUTES_15,
                    TimeRange.HOUR,
                    TimeRange.HOURS_6,
                    TimeRange.DAY,
                    TimeRange.WEEK);

    /// What needs somebody: the view without any parameter.
    static final Set<Status> WAITING = Set.copyOf(EnumSet.of(Status.OPEN, Status.ESCALATED));

    static final AlertsView DEFAULT =
            new AlertsView(
                    Set.of(),
                    WAITING,
                    "",
                    "",
                    Window.of(TimeRange.ALL),
                    false,
                    Optional.empty(),
                    "",
                    "");

    AlertsView {
        severities = Set.copyOf(severities);
        statuses = Set.copyOf(statuses);
    }

    /// Reads an address. What it does not know it leaves out: a link from elsewhere still shows
    /// something. Not the filter: the beginning of one is another one.
    static AlertsView parse(Function<String, Optional<String>> parameters) {
        return new AlertsView(
                parameters.apply("severity").map(AlertsView::severities).orElse(Set.of()),
                parameters.apply("status").map(AlertsView::statuses).orElse(WAITING),
                cut(parameters.apply("q").orElse("").strip(), MAX_TEXT),
                parameters.apply("filter").orElse("").strip(),
                Window.parse(parameters, RANGES),
                parameters.apply("sort").orElse("").equals("severity"),
                parameters.apply("group").flatMap(GroupBy::parse),
                cut(parameters.apply("before").orElse(""), MAX_TEXT),
                cut(parameters.apply("alert").orElse(""), MAX_TEXT));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
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
    ///
    /// @throws io.netsentinel.events.FilterException when the filter is not one
    AlertQuery toQuery(Instant now) {
        AlertQuery query =
                AlertQuery.newest(ROWS)
                        .withSeverities(severities)
                        .withStatuses(statuses)
                        .withText(query())
                        .withSort(bySeverity ? AlertQuery.Sort.SEVERITY : AlertQuery.Sort.NEWEST)
                        .withRange(window.from(now), window.live() ? Instant.MAX : window.to(now));
        if (!filter.isEmpty()) {
            query = query.withFilters(List.of(Filter.parse(filter)::test));
        }
        return before.isEmpty() ? query : query.after(before);
    }

    /// Whether new alerts belong on this page: it is the newest one, up to now.
    boolean live() {
        return before.isEmpty() && window.live();
    }

    /// Whether anything narrows it but the status.
    boolean narrowed() {
        return !severities.isEmpty()
                || !query.isEmpty()
                || !filter.isEmpty()
                || !window.equals(DEFAULT.window);
    }

    /// The address of this view.
    String href() {
        Href href =
                Href.of("/alerts")
                        .with("severity", severityList())
                        .with(
                                "status",
                                statuses.equals(WAITING)
                                        ? ""
                                        : statuses.isEmpty() ? "all" : statusList())
                        .with("q", query)
                        .with("filter", filter);
        return window.into(href, TimeRange.ALL)
                .with("sort", bySeverity ? "severity" : "")
                .with("group", group.map(GroupBy::text).orElse(""))
                .with("before", before)
                .with("alert", alert)
                .text();
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

    AlertsView toggle(Severity severity) {
        return with(flip(severities, severity), statuses);
    }

    AlertsView toggle(Status status) {
        return with(severities, flip(statuses, status));
    }

    private AlertsView with(Set<Severity> levels, Set<Status> states) {
        return new AlertsView(levels, states, query, filter, window, bySeverity, group, "", "");
    }

    AlertsView toggleSort() {
        return new AlertsView(
                severities, statuses, query, filter, window, !bySeverity, group, "", "");
    }

    AlertsView older(String cursor) {
        return at(cursor, "");
    }

    AlertsView newest() {
        return at("", "");
    }

    AlertsView closed() {
        return at(before, "");
    }

    private AlertsView at(String place, String opened) {
        return new AlertsView(
                severities, statuses, query, filter, window, bySeverity, group, place, opened);
    }

    AlertsView grouped(Optional<GroupBy> by) {
        return new AlertsView(severities, statuses, query, filter, window, bySeverity, by, "", "");
    }

    /// Only what satisfies this filter too, one alert a row.
    AlertsView only(String more) {
        String both = filter.isEmpty() ? more : "(" + filter + ") and " + more;
        return filtered(both).grouped(Optional.empty());
    }

    AlertsView filtered(String another) {
        return new AlertsView(
                severities, statuses, query, another, window, bySeverity, group, "", "");
    }

    /// The parameters that the search field and the range form carry along.
    List<Shell.Kept> kept() {
        List<Shell.Kept> kept = new ArrayList<>();
        keep(kept, "severity", severityList());
        if (!statuses.equals(WAITING)) {
            keep(kept, "status", statuses.isEmpty() ? "all" : statusList());
        }
        keep(kept, "q", query);
        keep(kept, "filter", filter);
        keep(kept, "sort", bySeverity ? "severity" : "");
        keep(kept, "group", group.map(GroupBy::text).orElse(""));
        return kept;
    }

    private static void keep(List<Shell.Kept> kept, String name, String value) {
        if (!value.isEmpty()) {
            kept.add(new Shell.Kept(name, value));
        }
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

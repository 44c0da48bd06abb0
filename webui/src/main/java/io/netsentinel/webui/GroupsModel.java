package io.netsentinel.webui;

import io.netsentinel.detection.AlertGroup;
import io.netsentinel.detection.AlertGroups;
import io.netsentinel.detection.GroupBy;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Alerts in groups, as their template takes them.
///
/// @param what what they have in common, as the heading of a column
/// @param title heading of the table
/// @param sub how many there are and what is not counted
/// @param span of which time the trends are
/// @param here the address of the groups
record GroupsModel(
        String what, String title, String sub, String span, String here, List<Row> rows) {

    /// A server takes 4,096 characters of an address; pages add to it.
    private static final int LONGEST = 3_500;

    /// Copies the list.
    GroupsModel {
        rows = List.copyOf(rows);
    }

    /// A group.
    ///
    /// @param id of its element
    /// @param name what its alerts have in common
    /// @param more what its tooltip says
    /// @param href the alerts of the group, one a row; empty when no address can say which
    /// @param key tells the group apart
    /// @param until when the last of them was committed: what comes later stays open
    /// @param suppressHref where a rule is made of it
    record Row(
            String id,
            String severity,
            String severityWord,
            String count,
            String name,
            String more,
            String href,
            Instant firstAt,
            Instant lastAt,
            String line,
            String area,
            String key,
            long until,
            String suppressHref) {
        /// Whether it is opened as a list.
        boolean linked() {
            return !href.isEmpty();
        }

        String first() {
            return firstAt.toString();
        }

        String firstFull() {
            return Rows.full(firstAt);
        }

        String last() {
            return lastAt.toString();
        }

        String lastFull() {
            return Rows.full(lastAt);
        }
    }

    /// Whether there is any.
    boolean full() {
        return !rows.isEmpty();
    }

    static GroupsModel of(AlertsView view, AlertGroups all) {
        GroupBy by = view.group().orElseThrow();
        String what = by.text().substring(0, 1).toUpperCase(Locale.ROOT) + by.text().substring(1);
        return new GroupsModel(
                what,
                "Alerts by " + by.text(),
                sub(all),
                Rows.full(all.from()).substring(0, 16)
                        + " to "
                        + Rows.full(all.to()).substring(0, 16)
                        + " UTC",
                view.href(),
                all.groups().stream().map(group -> row(view, by, group)).toList());
    }

    private static String sub(AlertGroups all) {
        String shown =
                all.total() > all.groups().size()
                        ? "the worst " + all.groups().size() + " of " + Numbers.whole(all.total())
                        : Numbers.whole(all.total());
        String since =
                all.since()
                        .map(time ->
                                ", those since "
                                        + Rows.full(time).substring(0, 19)
                                        + " UTC: older ones are not counted")
                        .orElse("");
        return shown
                + (all.total() == 1 ? " group of " : " groups of ")
                + Numbers.count(all.alerts(), "alert")
                + since;
    }

    private static Row row(AlertsView view, GroupBy by, AlertGroup group) {
        Event event = group.newest().event();
        Sparkline spark =
                Sparkline.of(group.trend().stream().mapToDouble(Integer::doubleValue).toArray());
        String name = Visible.of(name(by, event));
        return new Row(
                "gr-" + group.key(),
                group.highest().text(),
                Rows.word(group.highest()),
                Numbers.whole(group.count()),
                name,
                more(by, event, name),
                group.filter().map(filter -> link(view, filter)).orElse(""),
                group.first(),
                group.last(),
                spark.line(),
                spark.area(),
                group.key(),
                group.seen(),
                "/alerts/suppress?alert="
                        + encoded(group.newest().id())
                        + "&by="
                        + by.text()
                        + "&back="
                        + encoded(view.href()));
    }

    /// With the filter of the view it can be too long for a filter, or for an address.
    private static String link(AlertsView view, String filter) {
        String href = view.only(filter).href();
        try {
            Filter.parse(view.only(filter).filter());
            return href.length() <= LONGEST ? href : "";
        } catch (FilterException _) {
            return "";
        }
    }

    static String name(GroupBy by, Event event) {
        String name =
                switch (by) {
                    case SIGNATURE -> Rows.signature(event);
                    case SOURCE -> end(event, Fields.SOURCE_GEO_COUNTRY_ISO_CODE, Fields.SOURCE_IP);
                    case DESTINATION ->
                            end(
                                    event,
                                    Fields.DESTINATION_GEO_COUNTRY_ISO_CODE,
                                    Fields.DESTINATION_IP);
                    case SENSOR -> event.text(Fields.OBSERVER_NAME);
                };
        return name.isEmpty() ? "without a " + by.text() : name;
    }

    private static String end(Event event, String country, String ip) {
        String code = event.text(country);
        String address = event.text(ip);
        return code.isEmpty() || address.isEmpty() ? address : code + " " + address;
    }

    private static String more(GroupBy by, Event event, String name) {
        return by == GroupBy.SIGNATURE && event.has(Fields.RULE_ID)
                ? name + " (" + Visible.of(event.text(Fields.RULE_ID)) + ")"
                : name;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

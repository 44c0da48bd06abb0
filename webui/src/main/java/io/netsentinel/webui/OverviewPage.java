package io.netsentinel.webui;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.AlertPage;
import io.netsentinel.detection.AlertQuery;
import io.netsentinel.detection.OpenCounts;
import io.netsentinel.detection.Timeline;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Severity;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `/`, the overview.
final class OverviewPage {
    private static final int FEED = 20;
    private static final List<TimeRange> RANGES =
            List.of(
                    TimeRange.MINUTES_15,
                    TimeRange.HOUR,
                    TimeRange.HOURS_6,
                    TimeRange.DAY,
                    TimeRange.WEEK);

    private final Web web;
    private final Figures figures;

    OverviewPage(Web web, Figures figures) {
        this.web = web;
        this.figures = figures;
    }

    void routes(Routes routes) {
        routes.get("/", Access.PAGE, this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        if (!who.mayRead(Channel.ALERTS)) {
            throw Problem.forbidden("This identity may not read the channel alerts.");
        }
        Window window = Window.parse(Web.parameters(request), RANGES);
        Instant now = web.now();
        PageHead head =
                new PageHead("Overview", "Overview", "/", "", List.of(), window.form(now, RANGES));
        Map<String, Object> model = web.model(request, head);
        AlertQuery newest = AlertQuery.newest(FEED);
        AlertPage page =
                web.alerts()
                        .list(
                                who,
                                window.live()
                                        ? newest
                                        : newest.withRange(window.from(now), window.to(now)));
        model.put("start", !web.started());
        model.put("commands", AlertsPage.commands(request));
        model.put("severities", OverviewModel.Level.all());
        Timeline timeline = read(who, window);
        model.put("timeline", OverviewModel.Chart.of(timeline, window));
        model.put("sheets", List.of(sheet(timeline)));
        model.put("feed", AlertsModel.feed(page.alerts()));
        model.put("full", !page.alerts().isEmpty());
        model.put("live", window.live());
        model.put(
                "all", window.into(Href.of("/alerts"), TimeRange.ALL).with("status", "all").text());
        model.putAll(panels(who));
        web.show(request, response, new Web.Shown("overview", ""), model);
    }

    /// The timeline as a table, for a file: every bar.
    private static Sheet sheet(Timeline timeline) {
        List<Sheet.Column> columns = new ArrayList<>();
        columns.add(new Sheet.Column("From", "num"));
        for (Severity severity : OverviewModel.WORST_FIRST) {
            columns.add(new Sheet.Column(Rows.word(severity), "num"));
        }
        List<Sheet.Line> lines = timeline.buckets().stream().map(OverviewPage::line).toList();
        return new Sheet("timeline", "Threat timeline", "", columns, lines, "", "");
    }

    private static Sheet.Line line(Timeline.Bucket bucket) {
        List<Sheet.Cell> cells = new ArrayList<>();
        cells.add(Sheet.Cell.date(bucket.start()));
        for (Severity severity : OverviewModel.WORST_FIRST) {
            cells.add(Sheet.Cell.number(bucket.of(severity)));
        }
        return new Sheet.Line("", cells, List.of());
    }

    /// The range of that key, if the overview offers it; or its first one.
    static TimeRange range(String key) {
        return TimeRange.parse(key).filter(RANGES::contains).orElse(TimeRange.MINUTES_15);
    }

    private Timeline read(Identity who, Window window) {
        return timeline(web, who, window);
    }

    /// The alerts of a time that is not all of it.
    static Timeline timeline(Web web, Identity who, Window window) {
        Instant now = web.now();
        Instant from = window.from(now);
        return web.alerts()
                .timeline(
                        who,
                        window.live() ? from.plus(window.bucket()) : from,
                        window.to(now),
                        window.bucket());
    }

    /// The counts behind the chart, of what this identity may see.
    ObjectNode timeline(Identity who, TimeRange range) {
        long offset = web.alerts().appliedOffset();
        Timeline timeline = read(who, Window.of(range));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("offset", offset)
                .put("from", timeline.from().toEpochMilli())
                .put("bucket", timeline.bucket().toMillis());
        for (Severity severity : Severity.values()) {
            ArrayNode counts = answer.withArray("counts").addArray();
            timeline.buckets().forEach(bucket -> counts.add(bucket.of(severity)));
        }
        return answer;
    }

    private Map<String, Object> panels(Identity who) {
        OpenCounts open = web.alerts().open(who);
        Map<String, Object> panels = new HashMap<>();
        panels.put("kpis", figures.kpis(who, open));
        panels.put("sensors", figures.sensors());
        panels.put("sources", figures.sources());
        panels.put("open", OverviewModel.Open.of(open));
        return panels;
    }

    /// The panels that show figures, each as the markup of its element, by id.
    Map<String, String> fragments(Identity who) {
        Map<String, Object> model = panels(who);
        Map<String, String> fragments = new LinkedHashMap<>();
        for (String name : List.of("kpis", "sensors", "open", "sources")) {
            fragments.put(name, web.fragment("overview", name, model));
        }
        return fragments;
    }
}

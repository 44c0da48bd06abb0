package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Connections;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// `/stats`: the figures of the server itself, for administrators.
final class StatsPage {

    private static final List<TimeRange> RANGES =
            List.of(
                    TimeRange.MINUTES_15,
                    TimeRange.HOUR,
                    TimeRange.HOURS_6,
                    TimeRange.DAY,
                    TimeRange.WEEK);

    /// The time of the lines, milliseconds since 1970.
    record Span(long from, long to) {}

    private final Web web;
    private final ServerFigures figures;
    private final Optional<Connections> connections;

    StatsPage(Web web, Services services) {
        this.web = web;
        this.figures = new ServerFigures(services);
        this.connections = services.find(Connections.class);
    }

    void routes(Routes routes) {
        routes.get("/stats", Access.ADMIN_PAGE, this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Instant now = web.now();
        Window window = Window.parse(Web.parameters(request), RANGES);
        PageHead head =
                new PageHead("Stats", "Stats", "/stats", "", List.of(), window.form(now, RANGES));
        Map<String, Object> model = web.model(request, head);
        List<ServerFigures.Group> groups = figures.groups(window, now);
        model.put("groups", groups);
        model.put("span", new Span(window.from(now).toEpochMilli(), window.to(now).toEpochMilli()));
        boolean file = Web.parameters(request).apply("format").isPresent();
        model.put("sheets", file ? List.of(tiles(groups)) : List.of(sinceStart(), channels()));
        web.show(request, response, new Web.Shown("stats", "figures"), model);
    }

    /// The tiles as a table, for a file.
    private static Sheet tiles(List<ServerFigures.Group> groups) {
        return new Sheet(
                "stats",
                "Figures",
                "",
                List.of(
                        new Column("Group", ""),
                        new Column("Figure", ""),
                        new Column("Value", ""),
                        new Column("Unit", ""),
                        new Column("Where it comes from", "")),
                groups.stream().flatMap(StatsPage::lines).toList(),
                "",
                "");
    }

    private static Stream<Line> lines(ServerFigures.Group group) {
        Stream<Line> tiles =
                group.kpis().stream()
                        .map(kpi ->
                                line(
                                        group.title(),
                                        kpi.label(),
                                        kpi.value(),
                                        kpi.unit(),
                                        kpi.origin()));
        return group.noted()
                ? Stream.concat(
                        tiles,
                        Stream.of(
                                line(
                                        group.title(),
                                        "How long the disk lasts",
                                        group.note(),
                                        "",
                                        "GET /api/system")))
                : tiles;
    }

    private static Line line(String... cells) {
        return new Line("", Arrays.stream(cells).map(Cell::of).toList(), List.of());
    }

    private Sheet sinceStart() {
        List<Line> lines = new ArrayList<>();
        connections
                .map(all -> all.traffic().total())
                .ifPresent(traffic -> {
                    lines.add(line("opened", "Connections opened", traffic.opened()));
                    lines.add(line("in", "Messages received", traffic.messagesIn()));
                    lines.add(line("out", "Messages sent", traffic.messagesOut()));
                });
        new TreeMap<>(connections.map(Connections::ended).orElse(Map.of()))
                .forEach((code, count) ->
                        lines.add(
                                line(
                                        "code-" + code,
                                        "Closed with " + code + closing(code),
                                        count)));
        return new Sheet(
                "since",
                "Since the start",
                "",
                List.of(new Column("What", "wide"), new Column("Count", "num")),
                lines,
                "Nobody was connected yet",
                "");
    }

    private static String closing(int code) {
        return switch (code) {
            case 1000 -> ", as agreed";
            case 1001 -> ", going away";
            case 1006 -> ", lost without a farewell";
            default -> "";
        };
    }

    private static Line line(String id, String what, long count) {
        return new Line("st-" + id, List.of(Cell.wide(what), Cell.number(count)), List.of());
    }

    private Sheet channels() {
        List<ChannelInfo> all = web.hub().channels();
        return new Sheet(
                "offsets",
                "Channels",
                Numbers.count(all.size(), "channel"),
                List.of(
                        new Column("Name", "wide"),
                        new Column("Events kept", "num"),
                        new Column("Subscribers", "num")),
                all.stream()
                        .map(one ->
                                new Line(
                                        "of-" + one.name(),
                                        List.of(
                                                Cell.wide(one.name()),
                                                Cell.number(one.tail() - one.first() + 1),
                                                Cell.number(one.subscribers())),
                                        List.of()))
                        .toList(),
                "No channel",
                "Channels come with their first event.");
    }
}

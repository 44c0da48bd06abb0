package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.ScoreBoard;
import io.netsentinel.detection.ScoreBoard.Reason;
import io.netsentinel.detection.ScoreBoard.Standing;
import io.netsentinel.detection.Scores;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Severity;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `/scores`: the hosts, networks and sensors with the highest threat scores, and why. It follows
/// what is told about them on `metrics`.
final class ScoresPage {
    private static final int MOST = 50;
    private static final String NEWS = "event.dataset = netsentinel.scores";

    private final Web web;
    private final Scores scores;

    ScoresPage(Web web, Scores scores) {
        this.web = web;
        this.scores = scores;
    }

    void routes(Routes routes) {
        routes.get("/scores", Access.PAGE, this::show);
    }

    /// Whether somebody may see it: scores are made of all alerts and findings.
    static boolean shows(Identity who) {
        return who.mayRead(Channel.ALERTS) && who.mayRead(Channel.THREATS) && who.rows().isEmpty();
    }

    private void show(ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        if (!shows(who)) {
            throw Problem.forbidden(
                    "Scores are made of all alerts and findings: this identity may not read the channels alerts and threats, or only some rows of them.");
        }
        Map<String, Object> model = web.model(request, PageHead.of("Threat scores", "/scores"));
        SheetPages.put(
                model,
                sheets(scores.board(MOST + 1)),
                who.maySubscribe(Channel.METRICS) ? Channel.METRICS : "");
        model.put("watched", NEWS);
        web.show(request, response, SheetPages.SHOWN, model);
    }

    static List<Sheet> sheets(ScoreBoard board) {
        Severity all = Severity.ofScore(board.all().score());
        return List.of(
                sheet(
                        "hosts",
                        "Hosts",
                        "all together "
                                + board.all().score()
                                + " ("
                                + all.text()
                                + "), as of "
                                + Rows.full(board.at()),
                        board.hosts()),
                sheet("networks", "Networks inside", "", board.networks()),
                sheet("sensors", "Sensors", "by what they told", board.sensors()));
    }

    private static Sheet sheet(String id, String title, String sub, List<Standing> standings) {
        List<Line> lines = new ArrayList<>();
        for (Standing standing : standings.subList(0, Math.min(MOST, standings.size()))) {
            lines.add(line(id, standing));
        }
        return new Sheet(
                        "score-" + id,
                        title,
                        sub,
                        List.of(
                                new Column("Name", ""),
                                new Column("Score", "num"),
                                new Column("Severity", ""),
                                new Column("Rules that weigh most", "wide main"),
                                new Column("Newest", "num")),
                        lines,
                        "No score",
                        "Scores come with alerts and findings, and halve every hour.")
                .cut(standings.size() > MOST);
    }

    private static Line line(String id, Standing standing) {
        Severity severity = Severity.ofScore(standing.score());
        Cell name = Cell.mono(standing.name());
        return new Line(
                id + "-" + standing.name(),
                List.of(
                        id.equals("networks") ? name : name.toPage(alerts(standing.name())),
                        score(standing),
                        Cell.state(Rows.word(severity), severity.text()),
                        Cell.main(
                                standing.reasons().stream()
                                        .map(ScoresPage::text)
                                        .collect(Collectors.joining("; "))),
                        Cell.date(standing.last())),
                List.of());
    }

    private static String alerts(String name) {
        return Href.of("/alerts").with("q", name).with("status", "all").text();
    }

    /// The number; the sum behind it is its tooltip.
    private static Cell score(Standing standing) {
        return new Cell(Numbers.whole(standing.score()), "num", "", "", standing.why(), "", false);
    }

    /// `Password guessing at ftp (73) × 2`.
    private static String text(Reason reason) {
        String title = reason.title().isEmpty() ? reason.rule() : reason.title();
        return title
                + " ("
                + reason.score()
                + ")"
                + (reason.count() > 1 ? " × " + reason.count() : "");
    }
}

package io.netsentinel.webui;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Auth;
import io.netsentinel.detection.Alerts;
import io.netsentinel.detection.OpenCounts;
import io.netsentinel.events.Severity;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Assets;
import io.netsentinel.transport.BrowserSessions;
import io.netsentinel.transport.ErrorCode;
import io.netsentinel.transport.ProtocolException;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The dashboard of one running server: its pages, and the figures that they ask for again and
/// again.
final class Board implements AutoCloseable {
    /// The methods of a server find its board by the alerts that both show.
    private static final Map<Alerts, Board> OPEN = new ConcurrentHashMap<>();

    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Web web;
    private final Figures figures;
    private final OverviewPage overview;
    private final Map<TimeRange, Cached> cached = new EnumMap<>(TimeRange.class);

    private record Cached(ObjectNode answer, long madeAt) {}

    private Board(Services services) {
        web = new Web(services);
        figures = new Figures(web, services);
        overview = new OverviewPage(web, figures);
    }

    static Board open(Services services) {
        Board board = new Board(services);
        OPEN.put(board.web.alerts(), board);
        board.figures.start();
        return board;
    }

    /// The board of the server that these services make up.
    static Board of(Services services) {
        return Optional.ofNullable(OPEN.get(services.get(Alerts.class)))
                .orElseThrow(() ->
                        new ProtocolException(
                                ErrorCode.NOT_AVAILABLE, "this server has no dashboard"));
    }

    void routes(Routes routes, Services services) {
        overview.routes(routes);
        new TriageForms(web).routes(routes); // before /alerts/{id}, which would take their paths
        new AlertsPage(web).routes(routes);
        new SignInPages(web, services.get(Auth.class), services.get(BrowserSessions.class))
                .routes(routes);
        routes.get("/assets/{+path}", Access.OPEN, new Assets(web.assets()::open).handler());
        routes.errorPage(new ErrorPages(web));
    }

    /// The numbers beside the navigation: how many alerts wait, and whether there is anything at
    /// all.
    ObjectNode pulse() {
        OpenCounts open = web.alerts().open();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("open", open.total())
                .put("hot", open.of(Severity.CRITICAL) > 0)
                .put("started", web.started());
        ObjectNode severities = answer.putObject("severities");
        for (Severity severity : Severity.values()) {
            severities.put(severity.text(), open.of(severity));
        }
        return answer;
    }

    /// The same with the panels of the overview as markup and the counts of its timeline. Made at
    /// most once a second, however many browsers ask.
    synchronized ObjectNode overview(TimeRange range) {
        Cached known = cached.get(range);
        if (known == null || System.nanoTime() - known.madeAt() > FRESH_NANOS) {
            known = new Cached(makeOverview(range), System.nanoTime());
            cached.put(range, known);
        }
        return known.answer();
    }

    private ObjectNode makeOverview(TimeRange range) {
        ObjectNode answer = pulse();
        answer.set("timeline", overview.timeline(range));
        ObjectNode parts = answer.putObject("parts");
        overview.fragments().forEach(parts::put);
        return answer;
    }

    @Override
    public void close() {
        OPEN.remove(web.alerts(), this);
        figures.close();
    }
}

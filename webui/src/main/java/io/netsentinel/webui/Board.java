package io.netsentinel.webui;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Alerts;
import io.netsentinel.detection.Incidents;
import io.netsentinel.detection.OpenCounts;
import io.netsentinel.detection.Scores;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Filter;
import io.netsentinel.events.Severity;
import io.netsentinel.integrations.HouseRules;
import io.netsentinel.integrations.Sinks;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Assets;
import io.netsentinel.transport.BrowserSessions;
import io.netsentinel.transport.ErrorCode;
import io.netsentinel.transport.ProtocolException;
import io.netsentinel.transport.Queues;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The dashboard of one running server: its pages, and the figures that they ask for again and
/// again.
final class Board implements AutoCloseable {
    /// The methods of a server find its board by the alerts that both show.
    private static final Map<Alerts, Board> OPEN = new ConcurrentHashMap<>();

    private static final long FRESH_NANOS = 1_000_000_000L;
    private static final int MOST_VIEWS = 256;

    private final Web web;
    private final Figures figures;
    private final OverviewPage overview;
    private final Map<View, Shown> panels =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<View, Shown> eldest) {
                    return size() > MOST_VIEWS;
                }
            };

    /// What decides how the overview looks.
    ///
    /// @param rows the only rows shown, if they are narrowed
    /// @param alerts whether alerts are shown at all
    private record View(TimeRange range, Optional<Filter> rows, boolean alerts) {
        static View of(Identity who, TimeRange range) {
            return new View(range, who.rows(), who.mayRead(Channel.ALERTS));
        }
    }

    /// The overview of one view, made at most once a second.
    private final class Shown {
        private Optional<ObjectNode> answer = Optional.empty();
        private long madeAt;

        synchronized ObjectNode answer(Identity who, TimeRange range) {
            if (answer.isEmpty() || System.nanoTime() - madeAt > FRESH_NANOS) {
                answer = Optional.of(makeOverview(who, range));
                madeAt = System.nanoTime();
            }
            return answer.get();
        }
    }

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
        Undoing undoing = new Undoing();
        // before /alerts/{id}, which would take their paths
        new TriageForms(web, undoing).routes(routes);
        services.find(HouseRules.class)
                .ifPresent(rules -> new RulePages(web, rules, undoing).routes(routes));
        new ViewPages(web).routes(routes);
        new SettingsPage(web, services).routes(routes);
        new GuidePage(web).routes(routes);
        new WallPage(web).routes(routes);
        new AlertsPage(web).routes(routes);
        Incidents incidents = services.get(Incidents.class);
        new IncidentForms(web, incidents).routes(routes);
        new IncidentsPage(web, incidents).routes(routes);
        new MapPage(web).routes(routes);
        new TopologyPage(web, services).routes(routes);
        new NetworkPage(web).routes(routes);
        new HoneypotPages(web).routes(routes);
        services.find(Scores.class).ifPresent(scores -> new ScoresPage(web, scores).routes(routes));
        new HealthPage(web, services).routes(routes);
        new StatsPage(web, services).routes(routes);
        new AdminForms(web, services).routes(routes);
        new MessageForms(web, services).routes(routes);
        services.find(Queues.class).ifPresent(queues -> new QueuePages(web, queues).routes(routes));
        services.find(Sinks.class).ifPresent(sinks -> new RewindPages(web, sinks).routes(routes));
        new SheetPages(web, services).routes(routes);
        new SignInPages(web, services.get(Auth.class), services.get(BrowserSessions.class))
                .routes(routes);
        routes.get("/assets/{+path}", Access.OPEN, new Assets(web.assets()::open).handler());
        routes.errorPage(new ErrorPages(web));
    }

    /// The numbers beside the navigation: how many alerts wait that this identity may see, and
    /// whether there is anything at all.
    ObjectNode pulse(Identity who) {
        OpenCounts open = web.alerts().open(who);
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
    /// most once a second for all who see the same, however many browsers ask.
    ObjectNode overview(Identity who, TimeRange range) {
        Shown one;
        synchronized (panels) {
            one = panels.computeIfAbsent(View.of(who, range), _ -> new Shown());
        }
        return one.answer(who, range);
    }

    private ObjectNode makeOverview(Identity who, TimeRange range) {
        ObjectNode answer = pulse(who);
        answer.set("timeline", overview.timeline(who, range));
        ObjectNode parts = answer.putObject("parts");
        overview.fragments(who).forEach(parts::put);
        return answer;
    }

    @Override
    public void close() {
        OPEN.remove(web.alerts(), this);
        figures.close();
    }
}

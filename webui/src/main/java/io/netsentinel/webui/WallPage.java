package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Routes;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// `/wall`: chooses the pages that a screen on the wall shows in turn, and starts it.
final class WallPage {
    private static final int USUAL = 30;
    private static final int SHORTEST = 5;
    private static final int LONGEST = 3_600;
    private static final int MOST = 20;

    /// Pages that live without anybody touching them.
    private static final List<Shell.Kept> PAGES =
            List.of(
                    new Shell.Kept("Overview", "/"),
                    new Shell.Kept("Threat map", "/map"),
                    new Shell.Kept("Alerts, the worst first", "/alerts?sort=severity"),
                    new Shell.Kept("Alerts by signature", "/alerts?group=signature"),
                    new Shell.Kept("Incidents", "/incidents"),
                    new Shell.Kept("Topology", "/topology"),
                    new Shell.Kept("Network", "/network"),
                    new Shell.Kept("Honeypot", "/honeypot"),
                    new Shell.Kept("Threat scores", "/scores"),
                    new Shell.Kept("Health", "/health"));

    private final Web web;

    WallPage(Web web) {
        this.web = web;
    }

    /// A page that can be chosen.
    record Choice(String href, String label, boolean on) {}

    /// What the template takes.
    ///
    /// @param running the pages to begin with, empty to choose first
    /// @param every seconds
    record Wall(String running, int every, List<Choice> choices) {
        /// Copies the list.
        Wall {
            choices = List.copyOf(choices);
        }
    }

    void routes(Routes routes) {
        routes.get("/wall", Access.PAGE, this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        List<String> chosen =
                request.query().all("page", List::of).stream()
                        .map(SafePath::of)
                        .distinct()
                        .limit(MOST)
                        .toList();
        Map<String, Object> model = web.model(request, PageHead.of("Wall", "/wall"));
        boolean scores = web.visitor(request).scores();
        Stream<Choice> usual =
                PAGES.stream()
                        .filter(one -> scores || !one.value().equals("/scores"))
                        .map(one ->
                                new Choice(
                                        one.value(),
                                        one.name(),
                                        chosen.isEmpty()
                                                ? one.value().equals("/")
                                                        || one.value().equals("/map")
                                                : chosen.contains(one.value())));
        Stream<Choice> saved =
                web.views().of(web.visitor(request).user()).stream()
                        .map(one ->
                                new Choice(
                                        one.href(),
                                        Visible.of(one.name()),
                                        chosen.contains(one.href())));
        int every = every(Web.parameters(request).apply("every").orElse(""));
        model.put(
                "wall",
                new Wall(String.join(" ", chosen), every, Stream.concat(usual, saved).toList()));
        web.page(request, response, "wall", model);
    }

    private static int every(String text) {
        try {
            return Math.clamp(Integer.parseInt(text), SHORTEST, LONGEST);
        } catch (NumberFormatException _) {
            return USUAL;
        }
    }
}

package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.events.Channel;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `/health`: how the server, its detectors, the sensors and models are doing, and what of that has
/// changed. It follows `system` and `ml`.
final class HealthPage {
    private final Web web;
    private final HealthSheets sheets;

    HealthPage(Web web, Services services) {
        this.web = web;
        this.sheets = new HealthSheets(services, new RecentEvents(web));
    }

    void routes(Routes routes) {
        routes.get("/health", Access.PAGE, this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        List<Sheet> shown = new ArrayList<>(List.of(sheets.server(), sheets.sensors()));
        if (who.mayRead(Channel.ML)) {
            shown.add(sheets.models(who));
        }
        shown.add(sheets.detectors());
        if (who.mayRead(Channel.SYSTEM)) {
            shown.add(sheets.changes(who));
        }
        Map<String, Object> model = web.model(request, PageHead.of("Health", "/health"));
        String follows =
                Stream.of(Channel.SYSTEM, Channel.ML)
                        .filter(who::maySubscribe)
                        .collect(Collectors.joining(" "));
        SheetPages.put(model, shown, follows);
        model.put("watched", HealthSheets.NEWS);
        web.show(request, response, SheetPages.SHOWN, model);
    }
}

package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Routes;
import java.util.Map;

/// `/guide`: how sensors are connected.
final class GuidePage {
    private final Web web;

    GuidePage(Web web) {
        this.web = web;
    }

    void routes(Routes routes) {
        routes.get("/guide", Access.PAGE, this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Map<String, Object> model = web.model(request, PageHead.of("Connect a sensor", "/guide"));
        model.put("started", web.started());
        model.put("sensors", SensorGuide.of(AlertsPage.commands(request)));
        web.page(request, response, "guide", model);
    }
}

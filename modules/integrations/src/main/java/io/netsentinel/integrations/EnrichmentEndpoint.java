package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.integrations.enrich.WatchedFile;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;

/// `GET /api/enrichment`: what is known of addresses, from which files, and what is wrong with
/// them.
public final class EnrichmentEndpoint implements Endpoint {
    /// For `ServiceLoader`.
    public EnrichmentEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Enrichment enrichment = services.find(Enrichment.class).orElseGet(Enrichment::none);
        routes.get(
                "/api/enrichment",
                Access.ADMIN,
                (_, response) -> Json.send(response, json(enrichment)));
    }

    private static ObjectNode json(Enrichment enrichment) {
        ObjectNode json = Json.object().put("enabled", enrichment.settings().enabled());
        enrichment
                .countries()
                .ifPresent(file -> {
                    ObjectNode countries = file(json.putObject("countries"), file);
                    file.content()
                            .ifPresent(database ->
                                    countries
                                            .put("type", database.type())
                                            .put("built", database.built().toString()));
                });
        enrichment
                .assets()
                .ifPresent(file -> {
                    ObjectNode assets = file(json.putObject("assets"), file);
                    file.content()
                            .ifPresent(table -> {
                                assets.put("count", table.size()).put("badLines", table.bad());
                                ArrayNode list = assets.putArray("problems");
                                table.problems()
                                        .forEach(bad ->
                                                list.addObject()
                                                        .put("line", bad.line())
                                                        .put("error", bad.text()));
                            });
                });
        ArrayNode home = json.putArray("homeNetworks");
        enrichment.settings().home().forEach(range -> home.add(range.text()));
        return json;
    }

    private static ObjectNode file(ObjectNode json, WatchedFile<?> file) {
        json.put("file", file.path().toString());
        file.loaded().ifPresent(time -> json.put("loaded", time.toString()));
        if (!file.problem().isEmpty()) {
            json.put("lastError", file.problem());
        }
        return json;
    }
}

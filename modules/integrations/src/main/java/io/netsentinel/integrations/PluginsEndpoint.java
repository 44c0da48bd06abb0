package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;

/// `GET /api/plugins`.
public final class PluginsEndpoint implements Endpoint {
    /// For `ServiceLoader`.
    public PluginsEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        routes.get(
                "/api/plugins",
                Access.ADMIN,
                (_, response) -> {
                    ObjectNode json = Json.object();
                    list(json.putArray("plugins"));
                    Json.send(response, json);
                });
    }

    static void list(ArrayNode list) {
        for (Plugin plugin : Plugins.all()) {
            ObjectNode one = list.addObject().put("name", plugin.name());
            ArrayNode provides = one.putArray("provides");
            plugin.provides().forEach(provides::add);
            if (!plugin.problem().isEmpty()) {
                one.put("problem", plugin.problem());
            }
        }
    }
}

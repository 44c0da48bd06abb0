package io.netsentinel.detection.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.detection.HealthCondition;
import io.netsentinel.detection.ServerHealth;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;

/// `GET /api/system`: how the server itself is doing.
public final class HealthConditionsEndpoint implements Endpoint {
    /// For `ServiceLoader`.
    public HealthConditionsEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        ServerHealth health = services.get(ServerHealth.class);
        routes.get(
                "/api/system",
                Access.READ,
                (_, response) -> Json.send(response, conditions(health)));
    }

    private static ObjectNode conditions(ServerHealth health) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("conditions");
        for (HealthCondition condition : health.conditions()) {
            list.addObject()
                    .put("subject", condition.subject())
                    .put("state", condition.state())
                    .put("since", condition.since().toString())
                    .put("message", condition.message());
        }
        return json;
    }
}

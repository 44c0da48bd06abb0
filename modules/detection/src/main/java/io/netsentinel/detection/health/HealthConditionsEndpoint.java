package io.netsentinel.detection.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.detection.HealthCondition;
import io.netsentinel.detection.ServerHealth;
import io.netsentinel.queuing.DiskForecast;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Instant;
import java.util.Locale;

/// `GET /api/system`: how the server itself is doing.
public final class HealthConditionsEndpoint implements Endpoint {
    /// For `ServiceLoader`.
    public HealthConditionsEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        ServerHealth health = services.get(ServerHealth.class);
        EventLog log = services.get(EventLog.class);
        routes.get(
                "/api/system",
                Access.READ,
                (_, response) -> {
                    ObjectNode answer = conditions(health);
                    answer.set("storage", storage(log.forecast(Instant.now())));
                    Json.send(response, answer);
                });
    }

    private static ObjectNode storage(DiskForecast forecast) {
        ObjectNode json =
                Json.object()
                        .put("outlook", forecast.outlook().name().toLowerCase(Locale.ROOT))
                        .put("used", forecast.used())
                        .put("budget", forecast.budget())
                        .put("free", forecast.free());
        forecast.perDay().ifPresent(bytes -> json.put("perDay", Math.round(bytes)));
        forecast.daysLeft().ifPresent(days -> json.put("daysLeft", rounded(days)));
        forecast.daysKept().ifPresent(days -> json.put("daysKept", rounded(days)));
        return json;
    }

    private static double rounded(double days) {
        return Math.round(days * 100) / 100.0;
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

package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.util.Map;
import java.util.Optional;

/// `GET /api/sensors`.
public final class StatusEndpoint implements Endpoint {
    /// For `ServiceLoader`.
    public StatusEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Sensors sensors = services.get(Sensors.class);
        Optional<SensorHealth> health = services.find(SensorHealth.class);
        routes.get(
                "/api/sensors",
                Access.READ,
                (_, response) ->
                        Json.send(
                                response,
                                sensors(
                                        sensors,
                                        health.map(SensorHealth::conditions).orElse(Map.of()))));
    }

    private static ObjectNode sensors(Sensors sensors, Map<String, SensorCondition> conditions) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("sensors");
        for (SensorStatus sensor : sensors.statuses()) {
            ObjectNode one =
                    list.addObject()
                            .put("name", sensor.name())
                            .put("product", sensor.product())
                            .put("state", sensor.state().text())
                            .put("eventsPerSecond", sensor.eventsPerSecond())
                            .put("events", sensor.events())
                            .put("lastSeen", sensor.lastSeen().toString())
                            .put("lastEvent", sensor.lastEvent().toString());
            sensor.kernelPackets().ifPresent(count -> one.put("kernelPackets", count));
            sensor.kernelDrops().ifPresent(count -> one.put("kernelDrops", count));
            if (sensor.kernelDrops().isPresent() || sensor.dropPercent() > 0) {
                one.put("dropPercent", sensor.dropPercent());
            }
            Optional.ofNullable(conditions.get(sensor.name()))
                    .ifPresent(condition -> health(one.putObject("health"), condition));
        }
        return json;
    }

    private static void health(ObjectNode json, SensorCondition condition) {
        json.put("state", condition.state())
                .put("since", condition.since().toString())
                .put("message", condition.message());
    }
}

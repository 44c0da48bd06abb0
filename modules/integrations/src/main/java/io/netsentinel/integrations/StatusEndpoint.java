package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;

/// `GET /api/sensors` and `GET /api/sources`.
public final class StatusEndpoint implements Endpoint {
    /// For `ServiceLoader`.
    public StatusEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Sensors sensors = services.get(Sensors.class);
        Sources sources = services.get(Sources.class);
        routes.get(
                "/api/sensors",
                Access.READ,
                (_, response) -> Json.send(response, sensors(sensors)));
        routes.get(
                "/api/sources",
                Access.ADMIN,
                (_, response) -> Json.send(response, sources(sources)));
    }

    private static ObjectNode sensors(Sensors sensors) {
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
            sensor.kernelDrops()
                    .ifPresent(count ->
                            one.put("kernelDrops", count).put("dropPercent", sensor.dropPercent()));
        }
        return json;
    }

    private static ObjectNode sources(Sources sources) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("sources");
        for (SourceStatus source : sources.statuses()) {
            ObjectNode one =
                    list.addObject()
                            .put("name", source.name())
                            .put("kind", source.kind())
                            .put("path", source.path())
                            .put("format", source.format())
                            .put("state", source.state().text())
                            .put("eventsPerSecond", source.eventsPerSecond())
                            .put("accepted", source.accepted())
                            .put("deadLetters", source.deadLetters())
                            .put("overlong", source.overlong())
                            .put("nulBytes", source.nulBytes())
                            .put("lostBytes", source.lostBytes())
                            .put("rotations", source.rotations())
                            .put("dropped", source.dropped())
                            .put("refused", source.refused())
                            .put("missed", source.missed())
                            .put("returned", source.returned())
                            .put("bytesRead", source.bytesRead())
                            .put("lagBytes", source.lagBytes())
                            .put("progress", source.progress());
            source.lastEvent().ifPresent(time -> one.put("lastEvent", time.toString()));
            if (!source.lastError().isEmpty()) {
                one.put("lastError", source.lastError());
            }
        }
        return json;
    }
}

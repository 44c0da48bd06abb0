package io.netsentinel.detection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;

/// `GET /api/detectors`: what the detectors keep, and what they have found since the start.
public final class DetectorsEndpoint implements Endpoint {
    /// For `ServiceLoader`.
    public DetectorsEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Detection detection = services.get(Detection.class);
        routes.get(
                "/api/detectors",
                Access.READ,
                (_, response) -> Json.send(response, detectors(detection)));
    }

    private static ObjectNode detectors(Detection detection) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("detectors");
        for (DetectorStatus detector : detection.detectors()) {
            list.addObject()
                    .put("name", detector.name())
                    .put("tracked", detector.tracked())
                    .put("evicted", detector.evicted())
                    .put("findings", detector.findings());
        }
        return json.put("seen", detection.seen())
                .put("behind", detection.behind())
                .put("broken", detection.broken());
    }
}

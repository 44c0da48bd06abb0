package io.netsentinel.detection.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.io.IOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;

/// `POST /api/ml/{model}/status`: an outside service tells of a model, which is published on `ml`.
/// `GET /api/ml`: the newest of each model.
public final class ModelEndpoint implements Endpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The newest so many events are looked at for the states of models.
    private static final int LOOK_BACK = 1_000;

    private static final int PAGE_BYTES = 8 << 20;

    /// For `ServiceLoader`.
    public ModelEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Hub hub = services.get(Hub.class);
        EventLog log = services.get(EventLog.class);
        Clock clock = services.get(Clock.class);
        routes.post(
                        "/api/ml/{model}/status",
                        Access.PUBLISH,
                        (request, response) -> post(hub, clock, request, response))
                .get("/api/ml", Access.READ, (request, response) -> list(log, request, response));
    }

    private static void post(Hub hub, Clock clock, ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        if (!who.mayPublish(Channel.ML)) {
            throw Problem.forbidden("this identity may not publish to the channel ml");
        }
        ModelStatus status;
        try {
            String model = request.path().pathParameters().get("model");
            status = ModelStatus.read(model, Json.read(request));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
        Event event = status.event(who.user(), clock.instant());
        long offset =
                hub.publish(Append.of(Entry.of(Channel.ML, event.toJson())))
                        .join()
                        .positions()
                        .getFirst()
                        .offset();
        Json.send(response, Json.object().put("id", event.id()).put("offset", offset));
    }

    private static void list(EventLog log, ServerRequest request, ServerResponse response) {
        if (!Guard.identity(request).mayRead(Channel.ML)
                || Guard.identity(request).rows().isPresent()) {
            throw Problem.forbidden(
                    "this identity may not read the channel ml, or only some rows of events");
        }
        ObjectNode out = Json.object();
        ArrayNode models = out.putArray("models");
        Set<String> seen = new HashSet<>();
        log.readBefore(Channel.ML, Long.MAX_VALUE, LOOK_BACK, PAGE_BYTES)
                .join()
                .records()
                .forEach(record -> {
                    JsonNode event = parse(record);
                    JsonNode state = event.path("ns").path("ml");
                    boolean own =
                            event.path("event")
                                    .path("dataset")
                                    .asText()
                                    .equals(ModelStatus.DATASET);
                    if (own && seen.add(state.path("model").asText())) {
                        ObjectNode model = models.addObject();
                        model.put("time", event.path("@timestamp").asText());
                        state.properties()
                                .forEach(each -> model.set(each.getKey(), each.getValue()));
                    }
                });
        Json.send(response, out);
    }

    private static JsonNode parse(LogRecord record) {
        try {
            return JSON.readTree(record.payload());
        } catch (IOException _) {
            return JSON.createObjectNode();
        }
    }
}

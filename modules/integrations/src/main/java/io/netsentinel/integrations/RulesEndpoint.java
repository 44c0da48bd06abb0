package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.events.Cidr;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.queuing.StorageDegradedException;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// `GET /api/rules`, `GET /api/rules/{id}`, `POST /api/rules` and `POST /api/rules/{id}/end`: the
/// rules of the house.
public final class RulesEndpoint implements Endpoint {
    private static final int LONGEST = 500;
    private static final Set<String> MEMBERS =
            Set.of(
                    "action",
                    "signature",
                    "address",
                    "source",
                    "destination",
                    "sensor",
                    "expires",
                    "reason");

    /// For `ServiceLoader`.
    public RulesEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        HouseRules rules = services.get(HouseRules.class);
        Clock clock = services.get(Clock.class);
        routes.get(
                "/api/rules",
                Access.ADMIN,
                (_, response) -> Json.send(response, list(rules, clock.instant())));
        routes.get(
                "/api/rules/{id}",
                Access.ADMIN,
                (request, response) ->
                        Json.send(response, json(rules, find(rules, request), clock.instant())));
        routes.post(
                "/api/rules",
                Access.ADMIN,
                (request, response) -> make(rules, clock.instant(), request, response));
        routes.post(
                "/api/rules/{id}/end",
                Access.ADMIN,
                (request, response) -> end(rules, clock.instant(), request, response));
    }

    private static HouseRule find(HouseRules rules, ServerRequest request) {
        String id = request.path().pathParameters().get("id");
        return rules.find(id)
                .orElseThrow(() -> Problem.notFound("there is no rule \"" + id + "\""));
    }

    private static ObjectNode list(HouseRules rules, Instant now) {
        ObjectNode json = Json.object();
        var array = json.putArray("rules");
        rules.all().reversed().forEach(rule -> array.add(json(rules, rule, now)));
        return json;
    }

    private static ObjectNode json(HouseRules rules, HouseRule rule, Instant now) {
        return HouseJson.write(rule)
                .put("state", rule.state(now))
                .put("hits", rules.hits(rule.id()));
    }

    private static void make(
            HouseRules rules, Instant now, ServerRequest request, ServerResponse response) {
        ObjectNode body = Json.read(request);
        body.fieldNames()
                .forEachRemaining(name -> {
                    if (!MEMBERS.contains(name)) {
                        throw Problem.badRequest(
                                "\""
                                        + name
                                        + "\" is not known: "
                                        + String.join(", ", MEMBERS.stream().sorted().toList()));
                    }
                });
        String action = Json.text(body, "action");
        HouseAction what =
                HouseAction.parse(action)
                        .orElseThrow(() ->
                                Problem.badRequest("\"action\" must be suppress or escalate"));
        String reason = Json.text(body, "reason");
        HouseMatch match = match(body);
        Optional<Instant> expires = Json.optionalText(body, "expires").map(RulesEndpoint::expiry);
        String user = Guard.identity(request).user();
        HouseRule rule = stored(() -> rules.make(what, match, expires, reason, user));
        Json.send(response, Status.CREATED_201, json(rules, rule, now));
    }

    private static HouseMatch match(ObjectNode body) {
        try {
            return new HouseMatch(
                    text(body, "signature"),
                    range(body, "address"),
                    range(body, "source"),
                    range(body, "destination"),
                    text(body, "sensor"));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> text(ObjectNode body, String name) {
        Optional<String> text = Json.optionalText(body, name);
        if (text.filter(value -> value.isBlank() || value.length() > LONGEST).isPresent()) {
            throw Problem.badRequest("\"" + name + "\" has 1 to " + LONGEST + " characters");
        }
        return text;
    }

    private static Optional<Cidr> range(ObjectNode body, String name) {
        return Json.optionalText(body, name)
                .map(text ->
                        Cidr.parse(text)
                                .orElseThrow(() ->
                                        Problem.badRequest(
                                                "\""
                                                        + name
                                                        + "\" is an address or a network such as"
                                                        + " 10.0.0.0/8")));
    }

    private static Instant expiry(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            throw Problem.badRequest("\"expires\" is a time to come, such as 2027-01-31T12:00:00Z");
        }
    }

    private static void end(
            HouseRules rules, Instant now, ServerRequest request, ServerResponse response) {
        HouseRule rule = find(rules, request);
        ObjectNode body = request.content().hasEntity() ? Json.read(request) : Json.object();
        String note = Json.optionalText(body, "note").orElse("").strip();
        if (note.length() > LONGEST) {
            throw Problem.badRequest("\"note\" has at most " + LONGEST + " characters");
        }
        String user = Guard.identity(request).user();
        HouseRule ended =
                stored(() -> rules.end(rule.id(), user, note))
                        .orElseThrow(() -> Problem.conflict("the rule was ended before"));
        Json.send(response, json(rules, ended, now));
    }

    private static <T> T stored(Supplier<T> change) {
        try {
            return change.get();
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageDegradedException
                    || e.getCause() instanceof QueueFullException) {
                throw Problem.unavailable(
                        "nothing can be stored for now; nothing was changed",
                        Duration.ofSeconds(5));
            }
            throw e;
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            throw Problem.conflict(String.valueOf(e.getMessage()));
        }
    }
}

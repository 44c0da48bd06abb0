package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Hub;
import io.netsentinel.integrations.PostedEvents.KeyReusedException;
import io.netsentinel.integrations.PostedEvents.Result;
import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.integrations.spi.Origin;
import io.netsentinel.queuing.IdempotencyKey;
import io.netsentinel.queuing.LogClosedException;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.queuing.StorageDegradedException;
import io.netsentinel.tracing.TraceParent;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.ErrorCode;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/// `POST /api/events` takes events in, `GET /api/events` gives them out again.
public final class EventsEndpoint implements Endpoint {
    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_LINE = 1 << 20;
    private static final HeaderName TRACE_PARENT = HeaderNames.create("traceparent");
    private static final HeaderName KEY = HeaderNames.create("Idempotency-Key");

    /// For `ServiceLoader`.
    public EventsEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Sources sources = services.get(Sources.class);
        Hub hub = services.get(Hub.class);
        routes.post(
                "/api/events",
                Access.PUBLISH,
                MOST_BYTES,
                (request, response) -> post(sources, request, response));
        routes.get(
                "/api/events",
                Access.READ,
                (request, response) -> {
                    EventsQuery.exported(request.query())
                            .ifPresent(what -> Guard.handsOut(request, what));
                    EventsQuery.answer(hub, Guard.identity(request), request.query(), response);
                });
    }

    private static void post(Sources sources, ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        Normalizer normalizer = normalizer(sources.context(), request);
        String source = source(who, request);
        Tally tally = sources.posts().tally(source, normalizer.format());
        Batch batch =
                new Batch(
                        source,
                        normalizer.reader(Origin.UNKNOWN),
                        sources.context().clock(),
                        tally,
                        channel ->
                                who.mayPublish(channel)
                                        ? sources.context().objection(channel)
                                        : "no permission to publish to " + channel,
                        sources.context().rules(),
                        sources.context().enrichment(),
                        new Steps(sources.context().tracing(), parent(request)));
        PostedEvents posted = new PostedEvents(sources.context(), tally, batch, key(who, request));
        take(posted, normalizer, request);
        Json.send(response, json(posted.result()));
    }

    private static Optional<TraceParent> parent(ServerRequest request) {
        return request.headers().first(TRACE_PARENT).flatMap(TraceParent::parse);
    }

    private static void take(PostedEvents posted, Normalizer normalizer, ServerRequest request) {
        if (!request.content().hasEntity()) {
            return;
        }
        try (InputStream body = new InflatedLimit(request.content().inputStream(), MOST_BYTES)) {
            posted.read(body, MOST_LINE, normalizer.json());
        } catch (Problem e) {
            throw withResult(e, posted.result());
        } catch (QueueFullException e) {
            throw withResult(
                    Problem.tooManyRequests(
                            "the log is busy; send the rest again later", Duration.ofSeconds(1)),
                    posted.result());
        } catch (StorageDegradedException e) {
            throw withResult(
                    Problem.unavailable(
                                    "nothing can be stored for now; reading goes on",
                                    Duration.ofSeconds(5))
                            .with("code", ErrorCode.READ_ONLY.number()),
                    posted.result());
        } catch (LogClosedException e) {
            throw withResult(
                    Problem.unavailable("the server is stopping", Duration.ofSeconds(5)),
                    posted.result());
        } catch (KeyReusedException e) {
            throw withResult(
                    Problem.conflict("this Idempotency-Key was used for another body"),
                    posted.result());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Part of the body may be committed already.
    private static Problem withResult(Problem problem, Result result) {
        return problem.with("accepted", result.accepted()).with("offsets", result.offsets());
    }

    private static Normalizer normalizer(IngestContext context, ServerRequest request) {
        String format = request.query().first("format").orElse("");
        return context.find(format)
                .orElseThrow(() ->
                        Problem.badRequest(
                                "format must be one of " + String.join(", ", context.formats())));
    }

    private static String source(Identity who, ServerRequest request) {
        Optional<String> given = request.query().first("source").asOptional();
        if (given.isEmpty()) {
            return who.user();
        }
        if (!given.get().matches("[a-zA-Z0-9._-]{1,64}")) {
            throw Problem.badRequest("source is 1 to 64 letters, digits, dots, _ or -");
        }
        return given.get();
    }

    /// The parts of a body get keys of their own, so some room is left.
    private static Optional<IdempotencyKey> key(Identity who, ServerRequest request) {
        Optional<String> given = request.headers().first(KEY);
        if (given.isPresent() && !given.get().matches("[!-~]{1,200}")) {
            throw Problem.badRequest("Idempotency-Key is 1 to 200 visible ASCII characters");
        }
        return given.map(key -> new IdempotencyKey(who.id(), key));
    }

    private static ObjectNode json(Result result) {
        ObjectNode json = Json.object();
        json.put("accepted", result.accepted());
        ArrayNode rejected = json.putArray("rejected");
        result.rejected()
                .forEach(one ->
                        rejected.addObject().put("line", one.line()).put("error", one.error()));
        if (result.rejections() > result.rejected().size()) {
            json.put("rejectedTotal", result.rejections());
        }
        if (result.duplicate()) {
            json.put("duplicate", true);
        }
        ObjectNode offsets = json.putObject("offsets");
        result.offsets()
                .forEach((channel, list) -> {
                    ArrayNode array = offsets.putArray(channel);
                    list.forEach(array::add);
                });
        return json;
    }
}

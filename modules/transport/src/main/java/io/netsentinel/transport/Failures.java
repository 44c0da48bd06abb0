package io.netsentinel.transport;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.AuthException;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.queuing.StorageDegradedException;
import io.netsentinel.transport.spi.ErrorPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Turns whatever goes wrong into an answer: a problem in JSON, or a page for a person. What was
/// not foreseen is told to the client by a reference number only, and to the log in full.
final class Failures {
    private static final System.Logger LOG = System.getLogger(Failures.class.getName());
    private static final List<String> MACHINES = List.of("/api/", "/ws", "/health", "/metrics");

    private final SecurityHeaders securityHeaders;
    private final Optional<ErrorPage> page;

    Failures(SecurityHeaders securityHeaders, Optional<ErrorPage> page) {
        this.securityHeaders = securityHeaders;
        this.page = page;
    }

    /// Answers a request that a handler or the guard could not.
    void answer(ServerRequest request, ServerResponse response, Throwable failure) {
        if (failure instanceof CloseConnectionException close) {
            throw close;
        }
        Problem problem = problem(failure, request);
        response.headers().clear();
        securityHeaders.apply(response.headers());
        problem.headers().forEach((name, value) -> response.header(name, value));
        if (Bodies.tooMuchLeft(request)
                || request.headers().contains(HeaderNames.TRANSFER_ENCODING)) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        response.status(Status.create(problem.status()));
        Optional<String> html = html(request, problem);
        if (html.isPresent()) {
            response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
            HeadResponse.send(request, response, html.get().getBytes(StandardCharsets.UTF_8));
        } else {
            response.header(HeaderNames.CONTENT_TYPE, "application/problem+json");
            HeadResponse.send(request, response, Json.bytes(problem.toMap()));
        }
    }

    /// Answers for what Helidon refuses before there is a route: a malformed request line, header
    /// or length.
    DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, this::refused);
        }
        return handlers.build();
    }

    private DirectHandler.TransportResponse refused(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        Problem problem = new Problem(status.code(), status.reasonPhrase(), "");
        ServerResponseHeaders all = ServerResponseHeaders.create();
        headers.forEach(all::set);
        securityHeaders.apply(all);
        all.set(HeaderNames.CONTENT_TYPE, "application/problem+json");
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(all)
                .keepAlive(false)
                .entity(Json.bytes(problem.toMap()))
                .build();
    }

    private static Problem problem(Throwable failure, ServerRequest request) {
        return switch (failure) {
            case Problem problem -> problem;
            case AuthException e -> ofAuth(e);
            // why is in the server's log: it names paths
            case StorageDegradedException _ ->
                    Problem.unavailable(
                                    "nothing can be stored for now; reading goes on",
                                    Duration.ofSeconds(10))
                            .with("code", ErrorCode.READ_ONLY.number());
            case QueueFullException _ ->
                    Problem.unavailable("too much is waiting to be stored", Duration.ofSeconds(1));
            case HttpException e when e.status().code() == 404 ->
                    Problem.notFound("there is nothing at this address");
            case HttpException e when e.status().code() < 500 ->
                    new Problem(e.status().code(), e.status().reasonPhrase(), "");
            case CompletionException e when e.getCause() != null -> problem(e.getCause(), request);
            default -> internal(failure, request);
        };
    }

    private static Problem ofAuth(AuthException e) {
        return switch (e.reason()) {
            case INVALID -> Problem.badRequest(message(e));
            case UNKNOWN -> Problem.notFound(message(e));
            case CONFLICT -> Problem.conflict(message(e));
            case DENIED -> Problem.forbidden(message(e));
            case UNREACHABLE -> new Problem(502, "Bad gateway", message(e));
        };
    }

    private static Problem internal(Throwable failure, ServerRequest request) {
        String reference = Ulid.next();
        LOG.log(
                System.Logger.Level.ERROR,
                "request failed, reference "
                        + reference
                        + ": "
                        + request.prologue().method().text()
                        + " "
                        + request.prologue().uriPath().rawPath(),
                failure);
        return new Problem(
                        500,
                        "Internal error",
                        "the server failed; its log says more under this reference")
                .with("reference", reference);
    }

    private Optional<String> html(ServerRequest request, Problem problem) {
        String path = request.prologue().uriPath().rawPath();
        if (page.isEmpty() || MACHINES.stream().anyMatch(path::startsWith) || !wantsHtml(request)) {
            return Optional.empty();
        }
        try {
            return Optional.of(page.get().html(request, problem));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the error page failed", e);
            return Optional.empty();
        }
    }

    private static boolean wantsHtml(ServerRequest request) {
        return request.headers().first(HeaderNames.ACCEPT).orElse("").contains("text/html");
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? "" : message;
    }
}

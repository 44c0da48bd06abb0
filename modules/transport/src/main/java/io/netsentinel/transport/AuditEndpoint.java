package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.netsentinel.channels.HistoryPage;
import io.netsentinel.channels.HistoryRequest;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.Selection;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.transport.spi.Endpoint;
import java.util.Optional;
import java.util.OptionalLong;

/// `GET /api/audit`: the audit trail, the newest first; `GET /api/audit/verify`: whether its chain
/// is whole.
final class AuditEndpoint implements Endpoint {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    @Override
    public void routes(Routes routes, Services services) {
        EventLog log = services.get(EventLog.class);
        Hub hub = services.get(Hub.class);
        routes.get(
                        "/api/audit",
                        Access.ADMIN,
                        (request, response) -> {
                            requireAudit(request);
                            response.header("Content-Type", "application/json")
                                    .send(page(hub, request).toJson());
                        })
                .get(
                        "/api/audit/verify",
                        Access.ADMIN,
                        (request, response) -> {
                            requireAudit(request);
                            Json.send(response, json(AuditChain.verify(log)));
                        });
    }

    /// An administrator's token may be narrowed to other channels.
    private static void requireAudit(ServerRequest request) {
        if (!Guard.identity(request).mayRead(Channel.AUDIT)) {
            throw Problem.forbidden("no permission to read " + Channel.AUDIT);
        }
    }

    private static HistoryPage page(Hub hub, ServerRequest request) {
        HistoryRequest wanted =
                HistoryRequest.of(Channel.AUDIT)
                        .backwards()
                        .limit((int) number(request, "limit", MOST).orElse(USUAL))
                        .selecting(selection(request));
        OptionalLong before = number(request, "before", Long.MAX_VALUE);
        return hub.history(before.isPresent() ? wanted.from(before.getAsLong()) : wanted).join();
    }

    private static Selection selection(ServerRequest request) {
        Selection rows = Guard.identity(request).rows().map(Selection::of).orElse(Selection.all());
        Optional<String> filter = text(request, "filter");
        if (filter.isEmpty()) {
            return rows;
        }
        try {
            return rows.and(Selection.of(Filter.parse(filter.get())));
        } catch (FilterException e) {
            throw Problem.badRequest("filter, column " + e.column() + ": " + e.getMessage())
                    .with("code", ErrorCode.BAD_FILTER.number())
                    .with("column", e.column());
        }
    }

    private static Optional<String> text(ServerRequest request, String name) {
        return request.query().first(name).asOptional().filter(value -> !value.isEmpty());
    }

    private static OptionalLong number(ServerRequest request, String name, long most) {
        Optional<String> given = text(request, name);
        if (given.isEmpty()) {
            return OptionalLong.empty();
        }
        if (given.get().matches("\\d{1,18}")) {
            long number = Long.parseLong(given.get());
            if (number >= 1 && number <= most) {
                return OptionalLong.of(number);
            }
        }
        throw Problem.badRequest(
                name
                        + " is a number"
                        + (most == Long.MAX_VALUE ? " of at least 1" : " from 1 to " + most));
    }

    private static ObjectNode json(AuditChain.Verdict verdict) {
        ObjectNode json =
                Json.object()
                        .put("whole", verdict.problems().isEmpty())
                        .put("entries", verdict.entries())
                        .put("first", verdict.first())
                        .put("last", verdict.last())
                        .put("head", verdict.head());
        json.putArray("problems");
        verdict.problems().forEach(json.withArray("problems")::add);
        return json;
    }
}

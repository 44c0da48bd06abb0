package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.StorageHealth;
import io.netsentinel.transport.spi.Endpoint;
import java.util.Map;
import java.util.Optional;

/// `/health/live` (the process answers) and `/health/ready` (it can take work; reasons in the
/// body).
final class HealthEndpoint implements Endpoint {
    @Override
    public void routes(Routes routes, Services services) {
        Readiness readiness = services.get(Readiness.class);
        services.find(EventLog.class)
                .ifPresent(log -> readiness.check("log", () -> wrongWith(log.health())));
        routes.get(
                "/health/live",
                Access.OPEN,
                (_, response) -> Json.send(response, Map.of("status", "up")));
        routes.get(
                "/health/ready",
                Access.OPEN,
                (_, response) -> {
                    Map<String, String> problems = readiness.problems();
                    Json.send(
                            response,
                            problems.isEmpty() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503,
                            report(readiness, problems));
                });
    }

    private static ObjectNode report(Readiness readiness, Map<String, String> problems) {
        ObjectNode report = Json.object().put("status", problems.isEmpty() ? "up" : "down");
        for (String name : readiness.names()) {
            ObjectNode check = report.withArray("checks").addObject().put("name", name);
            String reason = problems.getOrDefault(name, "");
            check.put("status", reason.isEmpty() ? "up" : "down");
            if (!reason.isEmpty()) {
                check.put("reason", reason);
            }
        }
        return report;
    }

    private static Optional<String> wrongWith(StorageHealth health) {
        return switch (health) {
            case StorageHealth.Ok _ -> Optional.empty();
            // the reason itself names paths, and everybody may ask here
            case StorageHealth.Degraded degraded ->
                    Optional.of(
                            "events cannot be stored since %s; the server's log says why"
                                    .formatted(degraded.since()));
        };
    }
}

package io.netsentinel.detection.score;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Scores;
import io.netsentinel.events.Channel;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;

/// `GET /api/scores`: the hosts, sensors and networks with the highest threat scores, and why.
public final class ScoreEndpoint implements Endpoint {
    private static final int LIMIT = 20;
    private static final int MOST = 1_000;

    /// For `ServiceLoader`.
    public ScoreEndpoint() {}

    @Override
    public void routes(Routes routes, Services services) {
        Scores scores = services.get(Scores.class);
        routes.get(
                "/api/scores", Access.READ, (request, response) -> send(scores, request, response));
    }

    private static void send(Scores scores, ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        // a score is made of all alerts
        if (!who.mayRead(Channel.ALERTS)
                || !who.mayRead(Channel.THREATS)
                || who.rows().isPresent()) {
            throw Problem.forbidden(
                    "this identity may not read the channels alerts and threats, or only some rows of them");
        }
        int limit = limit(request.query().first("limit").orElse(String.valueOf(LIMIT)));
        Json.send(response, ScoreEvent.json(scores.board(limit), Json.object(), true));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // the same answer as for a number out of range
        }
        throw Problem.badRequest("limit: \"" + text + "\" is not a number from 1 to " + MOST);
    }
}

package io.netsentinel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.ChannelGrant;
import io.netsentinel.auth.Rights;
import io.netsentinel.auth.RowFilter;
import io.netsentinel.auth.Token;
import io.netsentinel.auth.Tokens;
import io.netsentinel.events.Filter;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `/api/tokens`: what sensors and scripts sign in with.
final class TokensEndpoint implements Endpoint {
    private static final Set<String> NEW = Set.of("name", "role", "channels", "rows", "ttl");
    private static final Pattern TTL = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Duration USUAL = Duration.ofDays(30);

    @Override
    public void routes(Routes routes, Services services) {
        Auth auth = services.get(Auth.class);
        routes.get(
                        "/api/tokens",
                        Access.ADMIN,
                        (_, response) -> Json.send(response, list(auth.tokens())))
                .post(
                        "/api/tokens",
                        Access.ADMIN,
                        (request, response) -> issue(auth.tokens(), request, response))
                .delete(
                        "/api/tokens/{id}",
                        Access.ADMIN,
                        (request, response) -> {
                            auth.revoke(request.path().pathParameters().get("id"));
                            response.status(Status.NO_CONTENT_204).send();
                        });
    }

    private static ObjectNode list(Tokens tokens) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("tokens");
        tokens.list().forEach(token -> list.add(json(token)));
        return answer;
    }

    private static ObjectNode json(Token token) {
        ObjectNode json =
                Json.object()
                        .put("id", token.id())
                        .put("name", token.name())
                        .put("role", token.role().text())
                        .put("issued", token.issued().toString())
                        .put("expires", token.expires().toString())
                        .put("revoked", token.revoked());
        token.channels().forEach(grant -> json.withArray("channels").add(grant.text()));
        token.rights().rows().ifPresent(rows -> json.put("rows", rows.text()));
        return json;
    }

    private static void issue(Tokens tokens, ServerRequest request, ServerResponse response) {
        ObjectNode body = Json.read(request);
        UsersEndpoint.allow(body, NEW);
        Optional<Filter> rows =
                Json.optionalText(body, "rows")
                        .map(text -> parsed("rows", () -> RowFilter.parse(text)));
        Tokens.Issued issued =
                tokens.issue(
                        Json.text(body, "name"),
                        UsersEndpoint.role(Json.text(body, "role")),
                        Rights.of(channels(body), rows),
                        Json.optionalText(body, "ttl").map(TokensEndpoint::ttl).orElse(USUAL));
        // the token itself is shown this once
        Json.send(response, Status.CREATED_201, json(issued.token()).put("token", issued.jwt()));
    }

    private static List<ChannelGrant> channels(ObjectNode body) {
        JsonNode given = body.path("channels");
        if (given.isMissingNode() || given.isNull()) {
            return List.of();
        }
        if (!given.isArray()) {
            throw Problem.badRequest("\"channels\" must be a list of patterns");
        }
        List<ChannelGrant> grants = new ArrayList<>();
        for (JsonNode one : given) {
            if (!one.isTextual()) {
                throw Problem.badRequest("\"channels\" must be a list of patterns");
            }
            grants.add(parsed("channels", () -> ChannelGrant.parse(one.textValue())));
        }
        return grants;
    }

    private static Duration ttl(String text) {
        Matcher matcher = TTL.matcher(text);
        if (!matcher.matches()) {
            throw Problem.badRequest("\"ttl\" is a time such as 30d, 12h, 90m or 45s");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static <T> T parsed(String member, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("\"" + member + "\": " + e.getMessage());
        }
    }
}

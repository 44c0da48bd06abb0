package io.netsentinel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.Role;
import io.netsentinel.auth.User;
import io.netsentinel.auth.Users;
import io.netsentinel.transport.spi.Endpoint;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `/api/users`: who may sign in. A user is only disabled here, removed by a purge alone: what they
/// did stays theirs.
final class UsersEndpoint implements Endpoint {
    private static final Set<String> NEW = Set.of("name", "role", "password");
    private static final Set<String> CHANGE = Set.of("role", "password", "disabled");

    @Override
    public void routes(Routes routes, Services services) {
        Auth auth = services.get(Auth.class);
        routes.get(
                        "/api/users",
                        Access.ADMIN,
                        (_, response) -> Json.send(response, list(auth.users())))
                .post(
                        "/api/users",
                        Access.ADMIN,
                        (request, response) -> add(auth.users(), request, response))
                .get(
                        "/api/users/{name}",
                        Access.ADMIN,
                        (request, response) -> Json.send(response, json(find(auth, request))))
                .post(
                        "/api/users/{name}",
                        Access.ADMIN,
                        (request, response) -> change(auth, request, response))
                .delete(
                        "/api/users/{name}",
                        Access.ADMIN,
                        (request, response) -> {
                            auth.users().disable(find(auth, request).name());
                            Json.send(response, json(find(auth, request)));
                        });
    }

    private static User find(Auth auth, ServerRequest request) {
        String name = request.path().pathParameters().get("name");
        return auth.users()
                .find(name)
                .orElseThrow(() -> Problem.notFound("there is no user \"" + name + "\""));
    }

    private static ObjectNode list(Users users) {
        ObjectNode answer = Json.object();
        ArrayNode list = answer.putArray("users");
        users.list().forEach(user -> list.add(json(user)));
        return answer;
    }

    private static ObjectNode json(User user) {
        ObjectNode answer =
                Json.object()
                        .put("name", user.name())
                        .put("role", user.role().text())
                        .put("disabled", user.disabled())
                        .put("created", user.created().toString())
                        .put("passwordChanged", user.passwordChanged().toString());
        user.account().ifPresent(account -> answer.put("issuer", account.issuer()));
        return answer;
    }

    private static void add(Users users, ServerRequest request, ServerResponse response) {
        ObjectNode body = Json.read(request);
        allow(body, NEW);
        Optional<String> given = Json.optionalText(body, "password");
        String password = given.orElseGet(Auth::randomPassword);
        User user = users.add(Json.text(body, "name"), role(Json.text(body, "role")), password);
        ObjectNode answer = json(user);
        if (given.isEmpty()) {
            answer.put("password", password); // shown this once
        }
        Json.send(response, Status.CREATED_201, answer);
    }

    /// All is looked at before anything is changed.
    private static void change(Auth auth, ServerRequest request, ServerResponse response) {
        String name = find(auth, request).name();
        ObjectNode body = Json.read(request);
        allow(body, CHANGE);
        Optional<Role> role = Json.optionalText(body, "role").map(UsersEndpoint::role);
        Optional<String> password = Json.optionalText(body, "password");
        JsonNode disabled = body.path("disabled");
        if (!disabled.isMissingNode() && !disabled.isBoolean()) {
            throw Problem.badRequest("\"disabled\" must be true or false");
        }
        role.ifPresent(wanted -> auth.users().setRole(name, wanted));
        password.ifPresent(wanted -> auth.users().setPassword(name, wanted));
        if (disabled.isBoolean()) {
            if (disabled.booleanValue()) {
                auth.users().disable(name);
            } else {
                auth.users().enable(name);
            }
        }
        Json.send(response, json(auth.users().find(name).orElseThrow()));
    }

    static Role role(String text) {
        return Role.parse(text)
                .orElseThrow(() ->
                        Problem.badRequest(
                                "\"role\" is one of "
                                        + Arrays.stream(Role.values())
                                                .map(Role::text)
                                                .collect(Collectors.joining(", "))));
    }

    /// @throws Problem 400 naming a member that is not known
    static void allow(ObjectNode body, Set<String> members) {
        body.fieldNames()
                .forEachRemaining(name -> {
                    if (!members.contains(name)) {
                        throw Problem.badRequest(
                                "\""
                                        + name
                                        + "\" is not known: "
                                        + members.stream()
                                                .sorted()
                                                .collect(Collectors.joining(", ")));
                    }
                });
    }
}

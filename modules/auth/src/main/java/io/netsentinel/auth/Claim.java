package io.netsentinel.auth;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what an identity provider says of somebody. A claim is named by its path:
/// `realm_access.roles`.
final class Claim {
    /// A role that may more stands further behind.
    private static final List<Role> BY_POWER =
            List.of(Role.SENSOR, Role.VIEWER, Role.ANALYST, Role.ADMIN);

    private Claim() {}

    /// The role that may most of those named, or the one for everybody else; empty to refuse.
    static Optional<Role> role(JsonObject claims, OutsideSettings.Claims names) {
        return texts(claims, names.role()).stream()
                .flatMap(name ->
                        (names.roles().isEmpty()
                                        ? Role.parse(name)
                                        : Optional.ofNullable(names.roles().get(name)))
                                .stream())
                .max(Comparator.comparingInt(BY_POWER::indexOf))
                .or(names::otherwise);
    }

    /// The text at a path, empty when there is none.
    static String text(JsonObject claims, String path) {
        return text(at(claims, path));
    }

    static String text(@Nullable JsonValue value) {
        return value instanceof JsonString string ? string.getString() : "";
    }

    /// A list of texts at a path, or one text with spaces between.
    static List<String> texts(JsonObject claims, String path) {
        return switch (at(claims, path)) {
            case JsonArray array ->
                    array.stream().map(Claim::text).filter(one -> !one.isEmpty()).toList();
            case JsonString string ->
                    List.of(string.getString().split(" ", -1)).stream()
                            .filter(one -> !one.isEmpty())
                            .toList();
            default -> List.of();
        };
    }

    static boolean has(JsonObject claims, String path) {
        return !at(claims, path).equals(JsonValue.NULL);
    }

    /// The value at a path; [JsonValue#NULL] when there is none.
    private static JsonValue at(JsonObject claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path); // names such as https://example.org/role hold dots
        }
        JsonValue at = claims;
        for (String name : path.split("\\.", -1)) {
            at =
                    at instanceof JsonObject object && object.containsKey(name)
                            ? object.get(name)
                            : JsonValue.NULL;
        }
        return at;
    }
}

package io.netsentinel.auth;

import io.netsentinel.events.Filter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How long things last and how hard guessing is made.
///
/// @param sessionIdle a session ends after this time without a request or an open socket
/// @param sessionMax a session ends after this time in any case
/// @param sessionsPerUser the oldest session ends when a user has more
/// @param hashIterations rounds of PBKDF2-HMAC-SHA256 for a new password; a stored password that
///   used fewer is stored anew at the next sign-in
/// @param hashThreads passwords computed at the same time; more wait or are sent away
/// @param attemptsPerUserAndAddress failed sign-ins of one user from one address before waiting;
///   one more is given back every 30 s
/// @param attemptsPerAddress the same for an address whatever the user; one back every 10 s
/// @param attemptsPerUser the same for a user whatever the address, except those the user has
///   signed in from before; one back every 10 s
/// @param tokenMax the longest life of an issued token
/// @param rights what narrows a role; one that is not named is not narrowed
/// @param leeway how far clocks may differ when a token's times are checked, at most 60 s
/// @param outside an identity provider whose tokens are accepted besides the server's own
/// @param oidc an identity provider where people sign in
public record AuthSettings(
        Duration sessionIdle,
        Duration sessionMax,
        int sessionsPerUser,
        int hashIterations,
        int hashThreads,
        int attemptsPerUserAndAddress,
        int attemptsPerAddress,
        int attemptsPerUser,
        Duration tokenMax,
        Map<Role, Rights> rights,
        Duration leeway,
        Optional<OutsideSettings> outside,
        Optional<OidcSettings> oidc) {

    private static final Duration MAX_LEEWAY = Duration.ofSeconds(60);
    private static final int MIN_ITERATIONS = 1_000;

    /// @throws IllegalArgumentException naming the value that is out of range
    public AuthSettings {
        rights = Map.copyOf(rights);
        require(
                !rights.containsKey(Role.ADMIN),
                "an administrator cannot be narrowed: nobody could undo it");
        require(sessionIdle.isPositive(), "session-idle must be longer than nothing");
        require(
                sessionMax.compareTo(sessionIdle) >= 0,
                "session-max must not be shorter than session-idle");
        require(sessionsPerUser >= 1, "sessions-per-user must be at least 1");
        require(hashIterations >= MIN_ITERATIONS, "hash-iterations must be at least 1000");
        require(hashThreads >= 1, "hash-threads must be at least 1");
        require(attemptsPerUserAndAddress >= 1, "attempts-per-user-and-address must be at least 1");
        require(attemptsPerAddress >= 1, "attempts-per-address must be at least 1");
        require(attemptsPerUser >= 1, "attempts-per-user must be at least 1");
        require(tokenMax.isPositive(), "token-max must be longer than nothing");
        require(
                !leeway.isNegative() && leeway.compareTo(MAX_LEEWAY) <= 0,
                "leeway must be 0 to 60 seconds");
    }

    /// Settings without an outside identity provider.
    public AuthSettings(
            Duration sessionIdle,
            Duration sessionMax,
            int sessionsPerUser,
            int hashIterations,
            int hashThreads,
            int attemptsPerUserAndAddress,
            int attemptsPerAddress,
            int attemptsPerUser,
            Duration tokenMax,
            Map<Role, Rights> rights,
            Duration leeway) {
        this(
                sessionIdle,
                sessionMax,
                sessionsPerUser,
                hashIterations,
                hashThreads,
                attemptsPerUserAndAddress,
                attemptsPerAddress,
                attemptsPerUser,
                tokenMax,
                rights,
                leeway,
                Optional.empty(),
                Optional.empty());
    }

    /// 8 h idle, 24 h at most, 20 sessions a user, 600,000 rounds on half of the processors, 5, 20
    /// and 100 attempts, tokens of up to 366 days, 30 s leeway.
    public static AuthSettings defaults() {
        return new AuthSettings(
                Duration.ofHours(8),
                Duration.ofHours(24),
                20,
                600_000,
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                5,
                20,
                100,
                Duration.ofDays(366),
                Map.of(),
                Duration.ofSeconds(30));
    }

    /// The same with another number of rounds; a test that signs in often wants few.
    public AuthSettings withHashIterations(int iterations) {
        return new AuthSettings(
                sessionIdle,
                sessionMax,
                sessionsPerUser,
                iterations,
                hashThreads,
                attemptsPerUserAndAddress,
                attemptsPerAddress,
                attemptsPerUser,
                tokenMax,
                rights,
                leeway,
                outside,
                oidc);
    }

    /// The same with other restrictions of roles to some events.
    public AuthSettings withRows(Map<Role, Filter> other) {
        Map<Role, Rights> narrowed = new EnumMap<>(Role.class);
        other.forEach((role, rows) -> narrowed.put(role, Rights.of(List.of(), Optional.of(rows))));
        return withRights(narrowed);
    }

    /// The same with other rights of roles.
    public AuthSettings withRights(Map<Role, Rights> other) {
        return new AuthSettings(
                sessionIdle,
                sessionMax,
                sessionsPerUser,
                hashIterations,
                hashThreads,
                attemptsPerUserAndAddress,
                attemptsPerAddress,
                attemptsPerUser,
                tokenMax,
                other,
                leeway,
                outside,
                oidc);
    }

    /// The same with an identity provider whose tokens are accepted as well.
    public AuthSettings withOutside(OutsideSettings provider) {
        return new AuthSettings(
                sessionIdle,
                sessionMax,
                sessionsPerUser,
                hashIterations,
                hashThreads,
                attemptsPerUserAndAddress,
                attemptsPerAddress,
                attemptsPerUser,
                tokenMax,
                rights,
                leeway,
                Optional.of(provider),
                oidc);
    }

    /// The same with an identity provider where people sign in.
    public AuthSettings withOidc(OidcSettings provider) {
        return new AuthSettings(
                sessionIdle,
                sessionMax,
                sessionsPerUser,
                hashIterations,
                hashThreads,
                attemptsPerUserAndAddress,
                attemptsPerAddress,
                attemptsPerUser,
                tokenMax,
                rights,
                leeway,
                outside,
                Optional.of(provider));
    }

    /// What narrows this role.
    Rights rightsOf(Role role) {
        return rights.getOrDefault(role, Rights.all());
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}

package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.FILTER;
import static io.netsentinel.app.config.ValueTypes.GRANTS;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.ChannelGrant;
import io.netsentinel.events.Filter;
import java.time.Duration;
import java.util.List;

/// The settings under `auth`: sessions, tokens, guessing, and what narrows a role.
public final class SignInKeys {
    private static final AuthSettings AUTH = AuthSettings.defaults();
    private static final int MANY = 1_000_000;

    public static final Key<Duration> SESSION_IDLE =
            Key.of(
                    "auth.session-idle",
                    DURATION,
                    AUTH.sessionIdle(),
                    "A session ends after this time without a request or an open page.");
    public static final Key<Duration> SESSION_MAX =
            Key.of(
                    "auth.session-max",
                    DURATION,
                    AUTH.sessionMax(),
                    "A session ends after this time in any case.");
    public static final Key<Integer> SESSIONS_PER_USER =
            Key.of(
                    "auth.sessions-per-user",
                    count("a number", 1, MANY),
                    AUTH.sessionsPerUser(),
                    "When a user signs in more often, the oldest session ends.");
    public static final Key<Duration> TOKEN_MAX =
            Key.of("auth.token-max", DURATION, AUTH.tokenMax(), "The longest life of a token.");
    public static final Key<Duration> LEEWAY =
            Key.of(
                    "auth.leeway",
                    DURATION,
                    AUTH.leeway(),
                    "How far clocks may differ when the times in a token are checked, at most"
                            + " 60s.");
    public static final Key<Integer> ATTEMPTS_PER_USER_AND_ADDRESS =
            Key.of(
                    "auth.attempts-per-user-and-address",
                    count("a number", 1, MANY),
                    AUTH.attemptsPerUserAndAddress(),
                    "Failed sign-ins of one user from one address before it must wait; one more is"
                            + " given back every 30 s.");
    public static final Key<Integer> ATTEMPTS_PER_ADDRESS =
            Key.of(
                    "auth.attempts-per-address",
                    count("a number", 1, MANY),
                    AUTH.attemptsPerAddress(),
                    "The same for an address, whatever the user; one more every 10 s.");
    public static final Key<Integer> ATTEMPTS_PER_USER =
            Key.of(
                    "auth.attempts-per-user",
                    count("a number", 1, MANY),
                    AUTH.attemptsPerUser(),
                    "The same for a user, whatever the address; one more every 10 s.");
    public static final Key<List<ChannelGrant>> CHANNELS_OF_VIEWER =
            Key.optional(
                    "auth.channels.viewer",
                    GRANTS,
                    "alerts, lab.*:subscribe+history",
                    "The only channels a viewer may use: names or patterns, after a colon what for"
                            + " (`subscribe`, `history`, `publish`, `ack`, joined by `+`). Without it,"
                            + " all the role may.");
    public static final Key<List<ChannelGrant>> CHANNELS_OF_ANALYST =
            Key.optional(
                    "auth.channels.analyst",
                    GRANTS,
                    "alerts, threats, incidents",
                    "The same for an analyst.");
    public static final Key<List<ChannelGrant>> CHANNELS_OF_SENSOR =
            Key.optional(
                    "auth.channels.sensor",
                    GRANTS,
                    "network, alerts, threats, packets",
                    "The same for a sensor.");
    public static final Key<Filter> ROWS_OF_VIEWER =
            Key.optional(
                    "auth.rows.viewer",
                    FILTER,
                    "not source.ip in 10.9.0.0/16",
                    "The only events a viewer sees, as a filter on addresses, ports, countries,"
                            + " rule, sensor, module or severity. Without it, all.");
    public static final Key<Filter> ROWS_OF_ANALYST =
            Key.optional(
                    "auth.rows.analyst",
                    FILTER,
                    "observer.name = \"dmz\"",
                    "The same for an analyst.");

    static final Section SECTION =
            Section.of(
                    "Sign-in",
                    "How long sessions and tokens last, how hard guessing is made, what"
                            + " narrows a role, whose tokens are accepted besides the server's"
                            + " own, and where else people sign in.",
                    SESSION_IDLE,
                    SESSION_MAX,
                    SESSIONS_PER_USER,
                    TOKEN_MAX,
                    LEEWAY,
                    ATTEMPTS_PER_USER_AND_ADDRESS,
                    ATTEMPTS_PER_ADDRESS,
                    ATTEMPTS_PER_USER,
                    CHANNELS_OF_VIEWER,
                    CHANNELS_OF_ANALYST,
                    CHANNELS_OF_SENSOR,
                    ROWS_OF_VIEWER,
                    ROWS_OF_ANALYST,
                    JwksKeys.KEY_FILE,
                    JwksKeys.ADDRESS,
                    JwksKeys.ISSUER,
                    JwksKeys.AUDIENCE,
                    JwksKeys.USER_CLAIM,
                    JwksKeys.ROLE_CLAIM,
                    JwksKeys.ROLES,
                    JwksKeys.DEFAULT_ROLE,
                    JwksKeys.CHANNELS_CLAIM,
                    JwksKeys.ROWS_CLAIM,
                    JwksKeys.TYPES,
                    JwksKeys.RSA_ALGORITHM,
                    JwksKeys.REFRESH,
                    JwksKeys.REFETCH,
                    JwksKeys.TIMEOUT,
                    OidcKeys.ISSUER,
                    OidcKeys.CLIENT_ID,
                    OidcKeys.CLIENT_SECRET,
                    OidcKeys.LABEL,
                    OidcKeys.SCOPES,
                    OidcKeys.USER_CLAIM,
                    OidcKeys.ROLE_CLAIM,
                    OidcKeys.ROLES,
                    OidcKeys.DEFAULT_ROLE,
                    OidcKeys.TIMEOUT);

    private SignInKeys() {}
}

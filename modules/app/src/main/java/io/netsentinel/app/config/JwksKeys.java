package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.PATH;
import static io.netsentinel.app.config.ValueTypes.TEXT;
import static io.netsentinel.app.config.ValueTypes.TEXTS;
import static io.netsentinel.app.config.ValueTypes.URL;
import static io.netsentinel.app.config.ValueTypes.choice;

import io.netsentinel.auth.OutsideSettings;
import io.netsentinel.auth.Role;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The settings under `auth.jwks`: an identity provider whose tokens are accepted as well.
public final class JwksKeys {
    private static final OutsideSettings.Keys DEFAULTS =
            OutsideSettings.Keys.of(Path.of("keys.json"));
    private static final OutsideSettings.Claims CLAIMS = OutsideSettings.Claims.defaults();

    public static final Key<Path> KEY_FILE =
            Key.optional(
                    "auth.jwks.file",
                    PATH,
                    "/etc/netsentinel/keys.json",
                    "The public keys (JSON Web Key Set) of an identity provider whose tokens are"
                            + " accepted as well; they need `exp`, `iss`, `aud` and `jti`. Read again"
                            + " when it changes.");
    public static final Key<URI> ADDRESS =
            Key.optional(
                    "auth.jwks.url",
                    URL,
                    "https://id.example.org/keys",
                    "Their address instead of a file: https, or http on this machine.");
    public static final Key<String> ISSUER =
            Key.optional(
                    "auth.jwks.issuer",
                    TEXT,
                    "https://id.example.org/",
                    "What `iss` of such a token must be, exactly.");
    public static final Key<String> AUDIENCE =
            Key.optional(
                    "auth.jwks.audience",
                    TEXT,
                    "netsentinel",
                    "What `aud` of such a token must hold.");
    public static final Key<Duration> REFRESH =
            Key.of(
                    "auth.jwks.refresh",
                    DURATION,
                    DEFAULTS.refresh(),
                    "How often the address is asked for new keys. When it does not answer, the last"
                            + " good ones stay.");
    public static final Key<Duration> REFETCH =
            Key.of(
                    "auth.jwks.refetch",
                    DURATION,
                    DEFAULTS.refetch(),
                    "A token with an unknown key makes the address be asked at once, but not more"
                            + " often than this.");
    public static final Key<Duration> TIMEOUT =
            Key.of(
                    "auth.jwks.timeout",
                    DURATION,
                    DEFAULTS.timeout(),
                    "How long an answer of the address may take.");
    public static final Key<List<String>> TYPES =
            Key.of(
                    "auth.jwks.types",
                    TEXTS,
                    List.of("at+jwt"),
                    "What `typ` in the header of such a token may be. Some providers write `JWT`.");
    public static final Key<String> RSA_ALGORITHM =
            Key.of(
                    "auth.jwks.rsa-algorithm",
                    TEXT,
                    DEFAULTS.rsaAlgorithm(),
                    "The algorithm of RSA keys that do not name theirs. A token cannot choose.");
    public static final Key<String> USER_CLAIM =
            Key.of("auth.jwks.user-claim", TEXT, CLAIMS.user(), "The claim with the user's name.");
    public static final Key<String> ROLE_CLAIM =
            Key.of(
                    "auth.jwks.role-claim",
                    TEXT,
                    CLAIMS.role(),
                    "The claim with the role, or a list of roles of which the one that may most"
                            + " counts; a path such as `realm_access.roles` leads inside.");
    public static final Key<Role> ROLES =
            Key.optional(
                    "auth.jwks.roles.*",
                    choice(Role.class),
                    "analyst",
                    "The role a value of that claim means. Without any, the values are `viewer`,"
                            + " `analyst`, `admin` and `sensor`.");
    public static final Key<Role> DEFAULT_ROLE =
            Key.optional(
                    "auth.jwks.default-role",
                    choice(Role.class),
                    "viewer",
                    "The role when the claim names none that is known. Without it, such a token is"
                            + " refused.");
    public static final Key<String> CHANNELS_CLAIM =
            Key.optional(
                    "auth.jwks.channels-claim",
                    TEXT,
                    "channels",
                    "The claim with the only channels, written as in `auth.channels.viewer`. When"
                            + " it is set, a token without it is refused.");
    public static final Key<String> ROWS_CLAIM =
            Key.optional(
                    "auth.jwks.rows-claim",
                    TEXT,
                    "rows",
                    "The claim with the only events, a filter as in `auth.rows.viewer`, or `*` for"
                            + " all. When it is set, a token without it is refused.");

    private JwksKeys() {}
}

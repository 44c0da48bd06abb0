package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.TEXT;
import static io.netsentinel.app.config.ValueTypes.TEXTS;
import static io.netsentinel.app.config.ValueTypes.URL;
import static io.netsentinel.app.config.ValueTypes.choice;

import io.netsentinel.auth.OidcSettings;
import io.netsentinel.auth.Role;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// The settings under `auth.oidc`: an identity provider where people sign in.
public final class OidcKeys {
    private static final OidcSettings DEFAULTS =
            OidcSettings.of(URI.create("https://id.example.org"), "netsentinel");

    public static final Key<URI> ISSUER =
            Key.optional(
                    "auth.oidc.issuer",
                    URL,
                    "https://id.example.org",
                    "The identity provider where people sign in (OpenID Connect), exactly as it"
                            + " names itself: https, or http on this machine. Register"
                            + " PUBLIC-URL/login/provider/return there.");
    public static final Key<String> CLIENT_ID =
            Key.optional(
                    "auth.oidc.client-id",
                    TEXT,
                    "netsentinel",
                    "How this server is registered there.");
    public static final Key<String> CLIENT_SECRET =
            Key.secret(
                    "auth.oidc.client-secret",
                    TEXT,
                    "…",
                    "What it proves itself with there. Without it, it is a public client.");
    public static final Key<String> LABEL =
            Key.of(
                    "auth.oidc.label",
                    TEXT,
                    DEFAULTS.label(),
                    "What people call it: the sign-in page says `Sign in with …`.");
    public static final Key<List<String>> SCOPES =
            Key.of(
                    "auth.oidc.scopes",
                    TEXTS,
                    DEFAULTS.scopes(),
                    "What is asked for besides `openid`.");
    public static final Key<String> USER_CLAIM =
            Key.of(
                    "auth.oidc.user-claim",
                    TEXT,
                    DEFAULTS.claims().user(),
                    "The claim with the name a user gets at the first sign-in. It stays theirs,"
                            + " whatever it becomes there.");
    public static final Key<String> ROLE_CLAIM =
            Key.of(
                    "auth.oidc.role-claim",
                    TEXT,
                    DEFAULTS.claims().role(),
                    "The claim with the role, or a list of roles or groups of which the one that"
                            + " may most counts; a path such as `realm_access.roles` leads inside. It"
                            + " is looked at on every sign-in.");
    public static final Key<Role> ROLES =
            Key.optional(
                    "auth.oidc.roles.*",
                    choice(Role.class),
                    "analyst",
                    "The role a value of that claim means. Without any, the values are `viewer`,"
                            + " `analyst` and `admin`.");
    public static final Key<Role> DEFAULT_ROLE =
            Key.optional(
                    "auth.oidc.default-role",
                    choice(Role.class),
                    "viewer",
                    "The role when the claim names none that is known. Without it, nobody without a"
                            + " role comes in.");
    public static final Key<Duration> TIMEOUT =
            Key.of(
                    "auth.oidc.timeout",
                    DURATION,
                    DEFAULTS.timeout(),
                    "How long an answer of the provider may take.");

    private OidcKeys() {}
}

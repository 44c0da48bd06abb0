/// Users, tokens, roles, sessions and revocation: who somebody is and what they may do.
///
/// Start at [io.netsentinel.auth.Auth]. Everything is kept in the `Store` of `queuing`, except the
/// key that signs tokens and the first administrator's password, which are files of the data
/// directory that only their owner can read.
@org.jspecify.annotations.NullMarked
module io.netsentinel.auth {
    requires transitive io.netsentinel.events;
    requires transitive io.netsentinel.queuing;
    requires io.helidon.security.jwt;
    requires com.nimbusds.jose.jwt;
    requires java.net.http;
    requires json.smart;
    requires oauth2.oidc.sdk;
    requires static org.jspecify;

    exports io.netsentinel.auth;
}

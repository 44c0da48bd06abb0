/// Users, tokens, roles, sessions and revocation.
@org.jspecify.annotations.NullMarked
module io.netsentinel.auth {
    requires transitive io.netsentinel.events;
    requires transitive io.netsentinel.queuing;
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports io.netsentinel.auth;
}

/// Channel registry and policy, publish, hot ring, views and subscriptions.
@org.jspecify.annotations.NullMarked
module io.netsentinel.channels {
    requires transitive io.netsentinel.events;
    requires transitive io.netsentinel.queuing;
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports io.netsentinel.channels;
}

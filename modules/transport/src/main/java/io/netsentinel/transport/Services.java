package io.netsentinel.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the application is made of, by type: the log, the hub, the users, … Immutable. Endpoints
/// and methods take from it what they work on.
public final class Services {
    private final Map<Class<?>, Object> services;

    private Services(Map<Class<?>, Object> services) {
        this.services = Map.copyOf(services);
    }

    /// An empty builder.
    public static Builder builder() {
        return new Builder();
    }

    /// The service of exactly this type.
    ///
    /// @throws IllegalStateException naming the type when the application wired none
    public <T> T get(Class<T> type) {
        return find(type)
                .orElseThrow(() -> new IllegalStateException("no service " + type.getName()));
    }

    /// The service of exactly this type, or empty.
    public <T> Optional<T> find(Class<T> type) {
        return Optional.ofNullable(services.get(type)).map(type::cast);
    }

    /// These services and one more.
    public <T> Services with(Class<T> type, T service) {
        Map<Class<?>, Object> more = new HashMap<>(services);
        more.put(type, service);
        return new Services(more);
    }

    /// Collects the services.
    public static final class Builder {
        private final Map<Class<?>, Object> services = new HashMap<>();

        private Builder() {}

        /// Adds a service under its type.
        ///
        /// @throws IllegalStateException when there is one of this type already
        public <T> Builder add(Class<T> type, T service) {
            if (services.put(type, service) != null) {
                throw new IllegalStateException("two services " + type.getName());
            }
            return this;
        }

        /// The finished set.
        public Services build() {
            return new Services(services);
        }
    }
}

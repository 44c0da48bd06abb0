package io.netsentinel.integrations;

import io.netsentinel.events.Cidr;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is known of addresses, and from where.
///
/// @param enabled whether anything is added to events
/// @param countries a database of countries in MaxMind's format
/// @param assets a CSV file of hosts and networks
/// @param home the home networks; empty for all private addresses
public record EnrichmentSettings(
        boolean enabled, Optional<Path> countries, Optional<Path> assets, List<Cidr> home) {
    public EnrichmentSettings {
        home = List.copyOf(home);
    }

    /// Nothing is added.
    public static EnrichmentSettings off() {
        return new EnrichmentSettings(false, Optional.empty(), Optional.empty(), List.of());
    }
}

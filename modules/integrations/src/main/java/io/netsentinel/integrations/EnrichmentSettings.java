package io.netsentinel.integrations;

import io.netsentinel.events.Cidr;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is known of addresses, and from where.
///
/// @param enabled whether anything is added to events
/// @param countries a database of countries in MaxMind's format
/// @param shipped whether that came with the program, so nobody writes it while this runs
/// @param assets a CSV file of hosts and networks
/// @param home the home networks; empty for all private addresses
public record EnrichmentSettings(
        boolean enabled,
        Optional<Path> countries,
        boolean shipped,
        Optional<Path> assets,
        List<Cidr> home) {
    public EnrichmentSettings {
        home = List.copyOf(home);
    }

    /// Nothing is added.
    public static EnrichmentSettings off() {
        return new EnrichmentSettings(false, Optional.empty(), false, Optional.empty(), List.of());
    }
}

package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.EnrichmentKeys;
import io.netsentinel.app.config.Key;
import io.netsentinel.integrations.EnrichmentSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the configuration says about addresses, and the database of countries the zip brings.
final class EnrichmentFiles {
    private static final String BUNDLED = "lib/geo/country.mmdb";

    private EnrichmentFiles() {}

    /// @throws IllegalArgumentException when a file that is named cannot be read
    static EnrichmentSettings of(Configuration configuration, Shell shell) {
        Optional<Path> countries = named(configuration, EnrichmentKeys.COUNTRIES);
        return new EnrichmentSettings(
                configuration.get(EnrichmentKeys.ENABLED),
                countries.or(
                        () -> Optional.of(shell.home().resolve(BUNDLED)).filter(Files::exists)),
                countries.isEmpty(),
                named(configuration, EnrichmentKeys.ASSETS),
                Settings.networks(
                        EnrichmentKeys.HOME.name(),
                        configuration.find(EnrichmentKeys.HOME).orElse(List.of())));
    }

    private static Optional<Path> named(Configuration configuration, Key<Path> key) {
        Optional<Path> file = configuration.find(key).map(Path::toAbsolutePath);
        file.filter(path -> !Files.isReadable(path) || Files.isDirectory(path))
                .ifPresent(path -> {
                    throw new IllegalArgumentException(
                            configuration.origin(key.name())
                                    + ": "
                                    + key.name()
                                    + ": cannot read "
                                    + path);
                });
        return file;
    }
}

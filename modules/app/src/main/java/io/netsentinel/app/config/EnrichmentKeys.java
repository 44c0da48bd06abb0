package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.FLAG;
import static io.netsentinel.app.config.ValueTypes.PATH;
import static io.netsentinel.app.config.ValueTypes.TEXTS;

import java.nio.file.Path;
import java.util.List;

/// The settings under `enrichment`: what is known of addresses.
public final class EnrichmentKeys {
    public static final Key<Boolean> ENABLED =
            Key.of(
                    "enrichment.enabled",
                    FLAG,
                    true,
                    "`false` adds nothing to events: no country, no names, no direction.");
    public static final Key<Path> COUNTRIES =
            Key.optional(
                    "enrichment.country-database",
                    PATH,
                    "/var/lib/GeoIP/GeoLite2-Country.mmdb",
                    "A database of countries in MaxMind's format (`.mmdb`), read again when it"
                            + " changes. Without it, the one that comes with NetSentinel.");
    public static final Key<Path> ASSETS =
            Key.optional(
                    "enrichment.assets",
                    PATH,
                    "/etc/netsentinel/assets.csv",
                    "A CSV file with names of hosts and networks, read again when it changes.");
    public static final Key<List<String>> HOME =
            Key.optional(
                    "enrichment.home-networks",
                    TEXTS,
                    "10.0.0.0/8, 2001:db8::/32",
                    "The networks that are yours: `network.direction` follows from them. Without"
                            + " it, all private addresses.");

    static final Section SECTION =
            Section.of(
                    "Enrichment",
                    "What is added to events about the addresses in them.",
                    ENABLED,
                    COUNTRIES,
                    ASSETS,
                    HOME);

    private EnrichmentKeys() {}
}

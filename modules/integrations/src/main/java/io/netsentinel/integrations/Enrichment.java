package io.netsentinel.integrations;

import io.netsentinel.integrations.enrich.AssetTable;
import io.netsentinel.integrations.enrich.Countries;
import io.netsentinel.integrations.enrich.Directory;
import io.netsentinel.integrations.enrich.WatchedFile;
import io.netsentinel.integrations.spi.Routed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Adds to events, as they come in, what is known of their addresses: country, name and owner, kind
/// of address, and the direction of the traffic. What a sensor has said stays as it is. The files
/// it knows that from are looked at now and then; a new one that cannot be read is not used, and
/// the old one stays.
///
/// Any thread.
public final class Enrichment implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Enrichment.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final EnrichmentSettings settings;
    private final Optional<WatchedFile<Countries>> countries;
    private final Optional<WatchedFile<AssetTable>> assets;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Directory directory;

    private Enrichment(EnrichmentSettings settings) {
        this.settings = settings;
        WatchedFile.Loader<Countries> loader =
                settings.shipped() ? Countries::map : Countries::read;
        countries = settings.countries().map(file -> new WatchedFile<>("countries", file, loader));
        assets = settings.assets().map(file -> new WatchedFile<>("assets", file, AssetTable::read));
        countries.ifPresent(WatchedFile::look);
        assets.ifPresent(WatchedFile::look);
        tellBadLines();
        directory = fresh();
    }

    /// Adds nothing.
    public static Enrichment none() {
        return new Enrichment(EnrichmentSettings.off());
    }

    /// Reads the files and looks at them from now on.
    public static Enrichment start(EnrichmentSettings settings) {
        Enrichment started = new Enrichment(settings);
        if (settings.enabled()) {
            Thread.ofPlatform().daemon().name("enrichment").start(started::watch);
        }
        return started;
    }

    private void watch() {
        try {
            while (!closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                lookAgain();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever goes wrong with one state of a file, the next one is looked at.
    private void lookAgain() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the files of the enrichment cannot be used", e);
        }
    }

    /// Looks whether the files have changed.
    void look() {
        boolean newCountries = countries.map(WatchedFile::look).orElse(false);
        boolean newAssets = assets.map(WatchedFile::look).orElse(false);
        if (newAssets) {
            tellBadLines();
        }
        if (newCountries || newAssets) {
            directory = fresh();
        }
    }

    private void tellBadLines() {
        assets.flatMap(WatchedFile::content)
                .ifPresent(table ->
                        table.problems()
                                .forEach(bad ->
                                        LOG.log(
                                                System.Logger.Level.WARNING,
                                                "{0}:{1}: {2}; the line is not used",
                                                settings.assets().orElseThrow(),
                                                Integer.toString(bad.line()),
                                                bad.text())));
    }

    private Directory fresh() {
        return new Directory(
                countries.flatMap(WatchedFile::content),
                assets.flatMap(WatchedFile::content).orElse(AssetTable.EMPTY),
                settings.home());
    }

    Routed apply(Routed routed) {
        if (!settings.enabled()) {
            return routed;
        }
        return new Routed(directory.complete(routed.event()), routed.channels());
    }

    EnrichmentSettings settings() {
        return settings;
    }

    Optional<WatchedFile<Countries>> countries() {
        return countries;
    }

    Optional<WatchedFile<AssetTable>> assets() {
        return assets;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

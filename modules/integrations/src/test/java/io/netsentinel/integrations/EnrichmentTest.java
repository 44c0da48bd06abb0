package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.spi.Routed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrichmentTest {
    @TempDir Path folder;

    private static String name(Enrichment enrichment) {
        Event event = Event.builder().put(Fields.SOURCE_IP, "10.0.0.1").build();
        return enrichment
                .apply(new Routed(event, List.of("alerts")))
                .event()
                .text(Fields.NS_SOURCE_ASSET);
    }

    @Test
    void aChangedFileIsTakenWhenItIsWhole() throws IOException {
        Path file = folder.resolve("assets.csv");
        Files.writeString(file, "10.0.0.1,one\n");
        Enrichment enrichment = ofAssets(file);
        assertThat(name(enrichment)).isEqualTo("one");

        Files.writeString(file, "10.0.0.1,another\n");
        enrichment.look();
        assertThat(name(enrichment)).as("it may still be written").isEqualTo("one");
        enrichment.look();
        assertThat(name(enrichment)).isEqualTo("another");

        Files.delete(file);
        enrichment.look();
        assertThat(name(enrichment)).isEqualTo("another");
        assertThat(enrichment.assets().orElseThrow().problem()).contains("cannot be read");

        Files.writeString(file, "10.0.0.1,back\n");
        enrichment.look();
        enrichment.look();
        assertThat(name(enrichment)).isEqualTo("back");
        assertThat(enrichment.assets().orElseThrow().problem()).isEmpty();
    }

    @Test
    void aDatabaseThatIsNoneIsSaidAndTheRestGoesOn() throws IOException {
        Path database = folder.resolve("country.mmdb");
        Files.writeString(database, "no database");
        Path assets = folder.resolve("assets.csv");
        Files.writeString(assets, "10.0.0.1,one\n");

        Enrichment enrichment =
                Enrichment.start(
                        new EnrichmentSettings(
                                true,
                                Optional.of(database),
                                false,
                                Optional.of(assets),
                                List.of()));

        assertThat(name(enrichment)).isEqualTo("one");
        assertThat(enrichment.countries().orElseThrow().problem()).isNotEmpty();
        enrichment.close();
    }

    @Test
    void switchedOffItAddsNothing() {
        Event event = Event.builder().put(Fields.SOURCE_IP, "10.0.0.1").build();

        assertThat(Enrichment.none().apply(new Routed(event, List.of("alerts"))).event())
                .isEqualTo(event);
    }

    /// Looked at by hand only.
    private static Enrichment ofAssets(Path file) {
        Enrichment enrichment =
                Enrichment.start(
                        new EnrichmentSettings(
                                true, Optional.empty(), false, Optional.of(file), List.of()));
        enrichment.close();
        return enrichment;
    }
}

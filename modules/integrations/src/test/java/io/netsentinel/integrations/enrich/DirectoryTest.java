package io.netsentinel.integrations.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Filter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryTest {
    @TempDir Path folder;

    private static final Directory PLAIN =
            new Directory(Optional.empty(), AssetTable.EMPTY, List.of());

    private static Event event(String from, String to) {
        return Event.builder()
                .put(Fields.SOURCE_IP, from)
                .put(Fields.DESTINATION_IP, to)
                .put(Fields.MESSAGE, "x")
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 192.168.1.1, internal",
        "10.0.0.1, 8.8.8.8, outbound",
        "8.8.8.8, 10.0.0.1, inbound",
        "8.8.8.8, 9.9.9.9, external",
        "10.0.0.1, 224.0.0.251, internal",
        "fd00::1, 2606:4700::1111, outbound"
    })
    void theDirectionFollowsFromTheHomeNetworks(String from, String to, String direction) {
        assertThat(PLAIN.complete(event(from, to)).text(Fields.NETWORK_DIRECTION))
                .isEqualTo(direction);
    }

    @Test
    void homeNetworksCanBeNamed() {
        Directory directory =
                new Directory(
                        Optional.empty(),
                        AssetTable.EMPTY,
                        List.of(Cidr.parse("203.0.113.0/24").orElseThrow()));

        Event event = directory.complete(event("203.0.113.7", "10.0.0.1"));

        assertThat(event.text(Fields.NETWORK_DIRECTION)).isEqualTo("outbound");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, private",
        "172.31.0.1, private",
        "172.32.0.1, public",
        "100.64.0.1, private",
        "127.0.0.1, loopback",
        "169.254.1.1, link-local",
        "224.0.0.1, multicast",
        "192.0.2.1, documentation",
        "240.0.0.1, reserved",
        "1.1.1.1, public",
        "fe80::1, link-local",
        "fc00::1, private",
        "ff02::1, multicast",
        "::1, loopback",
        "2001:db8::1, documentation",
        "2606:4700::1111, public",
        "::ffff:10.0.0.1, private"
    })
    void everyAddressHasAScope(String address, String scope) {
        assertThat(PLAIN.complete(event(address, "10.0.0.1")).text(Fields.NS_SOURCE_SCOPE))
                .isEqualTo(scope);
    }

    @Test
    void anAssetHasItsNameOwnerCriticalityCountryAndPlace() throws IOException {
        Path file = folder.resolve("assets.csv");
        Files.writeString(
                file,
                """
                address,name,owner,criticality,country,latitude,longitude
                192.0.2.0/24,web,Jane,high,SE,59.33,18.07
                """);
        Directory directory = new Directory(Optional.empty(), AssetTable.read(file), List.of());

        Event event = directory.complete(event("192.0.2.9", "10.0.0.1"));

        assertThat(event.text(Fields.SOURCE_DOMAIN)).isEqualTo("web");
        assertThat(event.text(Fields.NS_SOURCE_ASSET)).isEqualTo("web");
        assertThat(event.text(Fields.NS_SOURCE_OWNER)).isEqualTo("Jane");
        assertThat(event.text(Fields.NS_SOURCE_CRITICALITY)).isEqualTo("high");
        assertThat(event.text(Fields.SOURCE_GEO_COUNTRY_ISO_CODE)).isEqualTo("SE");
        assertThat(event.text("source.geo.location.lat")).isEqualTo("59.33");
        assertThat(event.has(Fields.NS_DESTINATION_ASSET)).isFalse();
        assertThat(Event.fromJson(event.toJson())).isEqualTo(event);
        assertThat(
                        Filter.parse(
                                        "ns.source.criticality == high and source.geo.country_iso_code == SE")
                                .test(event))
                .isTrue();
    }

    @Test
    void whatASensorHasSaidStays() throws IOException {
        Path file = folder.resolve("assets.csv");
        Files.writeString(file, "10.0.0.1,web\n");
        Directory directory = new Directory(Optional.empty(), AssetTable.read(file), List.of());
        Event said =
                event("10.0.0.1", "8.8.8.8").toBuilder()
                        .put(Fields.SOURCE_DOMAIN, "said.example")
                        .put(Fields.SOURCE_GEO_COUNTRY_ISO_CODE, "FR")
                        .put(Fields.NETWORK_DIRECTION, "ingress")
                        .build();

        Event event = directory.complete(said);

        assertThat(event.text(Fields.SOURCE_DOMAIN)).isEqualTo("said.example");
        assertThat(event.text(Fields.SOURCE_GEO_COUNTRY_ISO_CODE)).isEqualTo("FR");
        assertThat(event.text(Fields.NETWORK_DIRECTION)).isEqualTo("ingress");
        assertThat(event.text(Fields.NS_SOURCE_ASSET)).isEqualTo("web");
    }

    @Test
    void anEventWithoutAddressesOrWithStrangeOnesIsLeftAlone() {
        Event none = Event.builder().put(Fields.MESSAGE, "x").build();
        Event strange = event("not an address", "");

        assertThat(PLAIN.complete(none)).isEqualTo(none);
        assertThat(PLAIN.complete(strange)).isEqualTo(strange);
    }

    @Test
    void veryManyAddressesAreNotAllRemembered() {
        int found = 0;
        for (int i = 0; i < 70_000; i++) {
            String address = "9." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
            Event event = PLAIN.complete(event(address, "10.0.0.1"));
            found += event.text(Fields.NS_SOURCE_SCOPE).equals("public") ? 1 : 0;
        }
        assertThat(found).isEqualTo(70_000);
    }

    static boolean database() {
        return Files.isReadable(DATABASE);
    }

    private static final Path DATABASE =
            Path.of(
                    "../../webui/node_modules/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @EnabledIf(value = "database", disabledReason = "the database comes with the build of webui")
    void aPublicAddressHasItsCountry(boolean mapped) throws IOException {
        Countries countries = mapped ? Countries.map(DATABASE) : Countries.read(DATABASE);

        Event event = located(countries);

        assertThat(event.text(Fields.SOURCE_GEO_COUNTRY_ISO_CODE)).isEqualTo("NL");
        assertThat(event.text(Fields.DESTINATION_GEO_COUNTRY_ISO_CODE)).isEqualTo("NL");
        assertThat(countries.built()).isAfter("2020-01-01T00:00:00Z");
    }

    @Test
    @EnabledIf(value = "database", disabledReason = "the database comes with the build of webui")
    void aMappedDatabaseThatIsCutShortKnowsNoCountryAnyMore(@TempDir Path folder)
            throws IOException {
        Path file = Files.copy(DATABASE, folder.resolve("country.mmdb"));
        Countries countries = Countries.map(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }

        assertThat(located(countries).has(Fields.SOURCE_GEO_COUNTRY_ISO_CODE)).isFalse();
    }

    private static Event located(Countries countries) {
        return new Directory(Optional.of(countries), AssetTable.EMPTY, List.of())
                .complete(event("193.0.6.139", "2001:67c:2e8:22::c100:68b"));
    }
}

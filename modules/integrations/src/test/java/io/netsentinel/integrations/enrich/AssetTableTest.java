package io.netsentinel.integrations.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetTableTest {
    @TempDir Path folder;

    private AssetTable table(String... lines) throws IOException {
        Path file = folder.resolve("assets.csv");
        Files.write(file, List.of(lines));
        return AssetTable.read(file);
    }

    private static String name(AssetTable table, String address) {
        return table.find(IpAddress.parse(address).orElseThrow()).map(Asset::name).orElse("-");
    }

    @Test
    void theNarrowestRangeCounts() throws IOException {
        AssetTable table =
                table(
                        "address,name",
                        "10.0.0.0/8,company",
                        "10.1.0.0/16,branch",
                        "10.1.2.3,printer",
                        "2001:db8::/32,six");

        assertThat(name(table, "10.1.2.3")).isEqualTo("printer");
        assertThat(name(table, "10.1.2.4")).isEqualTo("branch");
        assertThat(name(table, "10.9.9.9")).isEqualTo("company");
        assertThat(name(table, "2001:db8::77")).isEqualTo("six");
        assertThat(name(table, "11.0.0.1")).isEqualTo("-");
        assertThat(table.size()).isEqualTo(4);
    }

    @Test
    void columnsMayStandInAnyOrderAndOthersAreIgnored() throws IOException {
        AssetTable table =
                table(
                        "# ours",
                        "",
                        "Owner,note,CIDR,name,criticality,country,latitude,longitude",
                        "\"Doe, Jane\",x,192.0.2.0/28,\"the \"\"big\"\" one\",HIGH,ch,47.37,-8.5");

        Asset asset = table.find(IpAddress.parse("192.0.2.15").orElseThrow()).orElseThrow();

        assertThat(asset.owner()).isEqualTo("Doe, Jane");
        assertThat(asset.name()).isEqualTo("the \"big\" one");
        assertThat(asset.criticality()).isEqualTo("high");
        assertThat(asset.country()).isEqualTo("CH");
        assertThat(asset.place()).contains(new Asset.Place(47.37, -8.5));
    }

    @Test
    void withoutALineOfNamesItIsAddressNameOwnerCriticality() throws IOException {
        AssetTable table = table("192.0.2.1,web,Jane,critical");

        assertThat(name(table, "192.0.2.1")).isEqualTo("web");
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void aBadLineIsNamedAndTheOthersCount() throws IOException {
        AssetTable table =
                table(
                        "address,name,criticality,country,latitude,longitude",
                        "192.0.2.1,one",
                        "192.0.2.300,two",
                        "192.0.2.3,\"three",
                        "192.0.2.4,four,urgent",
                        "192.0.2.5,five,,Germany",
                        "192.0.2.6,six,,,95,1",
                        "192.0.2.1,again",
                        "192.0.2.8,eight");

        assertThat(name(table, "192.0.2.1")).isEqualTo("one");
        assertThat(name(table, "192.0.2.8")).isEqualTo("eight");
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.bad()).isEqualTo(6);
        assertThat(table.problems())
                .containsExactly(
                        new AssetTable.Problem(
                                3, "\"192.0.2.300\" is no address or range such as 10.0.0.0/8"),
                        new AssetTable.Problem(4, "a quote is not closed"),
                        new AssetTable.Problem(
                                5, "criticality \"urgent\" is none of low, medium, high, critical"),
                        new AssetTable.Problem(
                                6, "country \"GERMANY\" is no code of two letters such as DE"),
                        new AssetTable.Problem(7, "latitude \"95\" is no number from -90 to 90"),
                        new AssetTable.Problem(8, "192.0.2.1 is there already, in line 2"));
    }

    @Test
    void whatIsNoTableOfAssetsHasOnlyProblems() throws IOException {
        AssetTable table = table("hello world", "how are you");

        assertThat(table.size()).isZero();
        assertThat(table.problems().getFirst().text()).contains("names the columns");
    }
}

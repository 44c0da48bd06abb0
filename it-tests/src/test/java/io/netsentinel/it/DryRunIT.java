package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// What other thresholds would have found, in files, in the log of a running server and of a
/// stopped one.
@EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
final class DryRunIT {
    private static final String FOUND = "13 findings in ";
    private static final String THRESHOLD = "NETSENTINEL_DETECTION_SCAN_TARGETS";

    @TempDir private Path folder;

    @Test
    void aListOfBadNamesIsReadAndAWrongOneStopsTheStart() throws IOException {
        Path eve = SampleData.eve("demo-1h.eve.json");
        Path list = Files.writeString(folder.resolve("bad.txt"), "internetbadguys.com\n");
        Launch.Result found = listed(eve, list);
        assertThat(found.out())
                .contains("ns.indicator       192.168.7.7 has to do with internetbadguys.com");
        Files.writeString(list, "# fine\nno name\n");
        Launch.Result refused = listed(eve, list);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("bad.txt: line 2 is no domain, address or range");
    }

    /// An hour of recordings from many laboratories is no network to learn from; still, what it
    /// finds at five deviations is a scan, and the rate rule names no host at all.
    @Test
    void theModelFindsTheScannerInTheSameHourAndIsOffUnlessSwitchedOn() throws IOException {
        Launch.Result found =
                Launch.of("replay", "--dry-run", SampleData.eve("demo-1h.eve.json").toString())
                        .environment("NETSENTINEL_DETECTION_MODEL_ENABLED", "true")
                        .environment("NETSENTINEL_DETECTION_MODEL_TRAINING", "300")
                        .run();
        assertThat(found.err()).isEmpty();
        assertThat(found.out().lines().filter(line -> line.contains("ns.host-model ")))
                .hasSizeLessThanOrEqualTo(3)
                .anyMatch(line -> line.contains("172.16.0.8: 193 services"));
    }

    private static Launch.Result listed(Path eve, Path list) {
        return Launch.of("replay", "--dry-run", eve.toString())
                .environment("NETSENTINEL_DETECTION_INDICATORS", list.toString())
                .run();
    }

    @Test
    void theSameIsFoundInFilesInARunningAndInAStoppedServerAndNothingIsPublished()
            throws IOException {
        Path eve = SampleData.eve("demo-1h.eve.json");
        Path data = Files.createDirectory(folder.resolve("data"));
        Launch.Result files = Launch.of("replay", "--dry-run", eve.toString()).run();
        assertThat(files.err()).isEmpty();
        assertThat(files.out())
                .contains(FOUND)
                .contains("ns.scan            172.16.0.8 tried at least 15 different targets");
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            admin.postEve(Files.readString(eve));
            long threats = admin.tail("threats");
            HttpApi viewer = Tokens.issue(server, data, "vera", "viewer");
            String[] words = {
                "replay", "--dry-run", "--url", "" + server.address(), "--token", viewer.token()
            };
            assertThat(Launch.of(words).run().out()).contains(FOUND);
            assertThat(Launch.of("replay", "--dry-run", "--data", data.toString()).run().err())
                    .contains("--url");
            assertThat(threats).isPositive();
            server.stop();
        }
        Launch.Result stopped =
                Launch.of("replay", "--dry-run", "--data", data.toString())
                        .environment(THRESHOLD, "100")
                        .run();
        assertThat(stopped.exit()).isZero();
        assertThat(stopped.out()).contains(FOUND).contains("tried at least 100 different targets");
        assertThat(
                        Launch.of("replay", "--dry-run", eve.toString())
                                .environment(THRESHOLD, "1")
                                .run()
                                .exit())
                .isEqualTo(2);
    }
}

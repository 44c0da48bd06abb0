package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prometheus itself reads the figures, and takes the rules in `docs/prometheus`.
final class PrometheusIT {
    private static final Path DOCS = Path.of("..", "docs", "prometheus");
    private static final Path RULES = DOCS.resolve("netsentinel.rules.yml");
    private static final Pattern NAME = Pattern.compile("\\b(netsentinel|process)_[a-z_]+");
    private static final int PATIENCE_SECONDS = 30;

    /// Only there when there is a source, a sink or a sensor, which a new server has not, or when a
    /// connection has ended.
    private static final Pattern OCCASIONAL =
            Pattern.compile(
                    "netsentinel_((source|sink|sensor|connections_closed)_.*|log_full_days)");

    @TempDir private Path folder;

    private static String promtool(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 1];
        command[0] = "promtool";
        System.arraycopy(words, 0, command, 1, words.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void itsRulesPassPromtool() throws IOException, InterruptedException {
        assumePrometheus();
        assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS: 14 rules");
    }

    @Test
    void prometheusScrapesItAndCountsTheSame() throws IOException, InterruptedException {
        assumePrometheus();
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            HttpApi admin = HttpApi.admin(server, data);
            assertThat(admin.postEve(Eve.alert("one").repeat(7)).statusCode()).isEqualTo(200);
            int port = ServerProcess.freePort();
            Process prometheus = prometheus(configure(server, data), port);
            try {
                HttpApi api = new HttpApi(URI.create("http://127.0.0.1:" + port), "");
                String query =
                        "/api/v1/query?query="
                                + URLEncoder.encode(
                                        "netsentinel_channel_offset{channel=\"alerts\"}",
                                        StandardCharsets.UTF_8);
                Await.until("it has been there", () -> answered(api, query));
                JsonNode result = HttpApi.json(api.get(query)).at("/data/result/0");
                assertThat(result.at("/value/1").asText()).isEqualTo("7");
                assertThat(result.at("/metric/job").asText()).isEqualTo("netsentinel");
                JsonNode target =
                        HttpApi.json(api.get("/api/v1/targets")).at("/data/activeTargets/0");
                assertThat(target.path("health").asText()).isEqualTo("up");
                assertThat(target.path("lastError").asText()).isEmpty();
            } finally {
                prometheus.destroy();
                assertThat(prometheus.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static boolean answered(HttpApi api, String query) {
        try {
            return HttpApi.json(api.get(query)).at("/data/result/0/value/1").asText().equals("7");
        } catch (RuntimeException | AssertionError _) {
            return false; // it is still starting
        }
    }

    private static void assumePrometheus() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/prometheus")),
                "prometheus is not installed (/usr/bin/prometheus)");
    }

    private Path configure(ServerProcess server, Path data) throws IOException {
        Path token = folder.resolve("token");
        Files.writeString(
                token,
                Launch.of("token", "--name", "prometheus", "--role", "viewer", "--data")
                        .with(data.toString())
                        .run()
                        .out()
                        .strip());
        Path config = folder.resolve("prometheus.yml");
        Files.writeString(
                config,
                """
                global: {scrape_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: netsentinel
                    authorization: {credentials_file: "%s"}
                    static_configs: [{targets: ["%s"]}]
                """
                        .formatted(
                                RULES.toAbsolutePath().normalize(),
                                token,
                                server.address().getAuthority()));
        return config;
    }

    private Process prometheus(Path config, int port) throws IOException {
        return new ProcessBuilder(
                        "/usr/bin/prometheus",
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    @Test
    void theRulesAndTheGrafanaDashboardNameFiguresThereAre() throws IOException {
        String said;
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.serve(data, 0)) {
            said = HttpApi.admin(server, data).get("/metrics").body();
        }
        Set<String> unknown = new TreeSet<>();
        for (String file : Set.of("netsentinel.rules.yml", "grafana.json")) {
            Matcher names = NAME.matcher(Files.readString(DOCS.resolve(file)));
            while (names.find()) {
                if (!said.contains("\n" + names.group())
                        && !OCCASIONAL.matcher(names.group()).matches()) {
                    unknown.add(names.group());
                }
            }
        }
        assertThat(unknown).isEmpty();
    }
}

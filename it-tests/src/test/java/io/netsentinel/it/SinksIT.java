package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// Sinks of every kind, seen from outside: what their targets get while these are away, slow and
/// break connections, and what `/api/sinks` says meanwhile. The targets of Elasticsearch and Splunk
/// are simulations of our own.
final class SinksIT {
    private static final int RATE = 1_000;
    private static final int SLOW = 10_000;
    private static final int BATCH = 500;
    private static final long MOST_HEAP = 50 << 20;
    private static final List<String> NAMES = List.of("bulk", "hook", "siem", "splunk");

    @TempDir private static Path folder;
    private static final Map<String, SinkTarget> TARGETS = new LinkedHashMap<>();
    private static final int RSYSLOG_PORT = ServerProcess.freePort();
    private static ServerProcess server;
    private static HttpApi admin;

    @BeforeAll
    static void start() throws IOException {
        TARGETS.put("bulk", new SinkTarget(SinkLanguages.bulk()));
        TARGETS.put("hook", new SinkTarget(SinkLanguages.webhook()));
        TARGETS.put("siem", new SinkTarget(SinkLanguages::syslog));
        TARGETS.put("splunk", new SinkTarget(SinkLanguages.collector()));
        Files.writeString(
                folder.resolve("netsentinel.yaml"),
                """
                sinks:
                  bulk:
                    kind: elasticsearch
                    url: http://127.0.0.1:%d
                    channels: [network]
                    timeout: 5s
                    longest-retry: 2s
                  hook:
                    kind: webhook
                    url: http://127.0.0.1:%d/hook
                    allow-local: true
                    channels: [network]
                    timeout: 5s
                    longest-retry: 2s
                  siem:
                    kind: syslog
                    url: tcp://127.0.0.1:%d
                    channels: [network]
                    timeout: 5s
                    longest-retry: 2s
                  splunk:
                    kind: splunk
                    url: http://127.0.0.1:%d
                    channels: [network]
                    timeout: 5s
                    longest-retry: 2s
                  archive:
                    kind: file
                    path: %s
                    channels: [network]
                    raw: false
                    rotate-size: 4GiB
                  rsyslog:
                    kind: syslog
                    url: tcp://127.0.0.1:%d
                    channels: [logs]
                  rsyslog-udp:
                    kind: syslog
                    url: udp://127.0.0.1:%d
                    channels: [logs]
                    payload: cef
                    app-name: over-udp
                """
                        .formatted(
                                target("bulk").port(),
                                target("hook").port(),
                                target("siem").port(),
                                target("splunk").port(),
                                folder.resolve("archive.ndjson"),
                                RSYSLOG_PORT,
                                RSYSLOG_PORT));
        server = serve(0);
        admin = HttpApi.admin(server, folder.resolve("data"));
    }

    private static ServerProcess serve(int port) {
        Path data = folder.resolve("data");
        Launch launch =
                Launch.of("serve", "--data", data.toString(), "--port", Integer.toString(port))
                        .with("--config", folder.resolve("netsentinel.yaml").toString())
                        .environment(
                                "NETSENTINEL_SINKS_HOOK_SIGNING_SECRET", "of-sixteen-bytes-or-more")
                        .environment("NETSENTINEL_SINKS_SPLUNK_TOKEN", "0123456789");
        return ServerProcess.start(launch, folder.resolve("server.log"));
    }

    @AfterAll
    static void stop() {
        server.close();
        TARGETS.values().forEach(SinkTarget::close);
    }

    @BeforeEach
    void everybodyIsThere() {
        TARGETS.values().forEach(SinkTarget::usual);
    }

    private static SinkTarget target(String name) {
        return Objects.requireNonNull(TARGETS.get(name));
    }

    private static JsonNode sink(String name) {
        return HttpApi.json(admin.get("/api/sinks/" + name));
    }

    private static HttpResponse<String> act(String name, String action, String body) {
        return admin.post("/api/sinks/" + name + "/" + action, "application/json", body);
    }

    private static void awaitLag(Duration patience) {
        Await.until("everything is sent", patience, SinksIT::allSent);
    }

    private static boolean allSent() {
        return NAMES.stream().allMatch(name -> sink(name).path("lag").asLong() == 0)
                && sink("archive").path("lag").asLong() == 0;
    }

    @Test
    void onlyAdministratorsMayLookAndErrorsNameWhatIsWrong() {
        HttpApi viewer = Tokens.issue(server, folder.resolve("data"), "eve", "analyst");
        assertThat(viewer.get("/api/sinks").statusCode()).isEqualTo(403);
        assertThat(viewer.post("/api/sinks/siem/pause", "application/json", "{}").statusCode())
                .isEqualTo(403);
        assertThat(admin.get("/api/sinks/none").statusCode()).isEqualTo(404);
        assertThat(act("siem", "jump", "{}").body()).contains("use test, pause, resume, skip");
        HttpResponse<String> nothing = act("siem", "skip", "{}");
        assertThat(nothing.statusCode()).isEqualTo(400);
        assertThat(nothing.headers().firstValue("Content-Type").orElse(""))
                .contains("application/problem+json");
        assertThat(nothing.body()).contains("exactly one of all, records");
        assertThat(act("siem", "rewind", "{\"offset\":5}").body()).contains("channel");
        assertThat(act("siem", "rewind", "{\"since\":\"soon\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void secretsAreShownNowhere() {
        assertThat(admin.get("/api/sinks").body())
                .doesNotContain("of-sixteen-bytes", "0123456789")
                .contains("\"archive\"", "\"siem\"");
        Launch.Result shown =
                Launch.of("config", "--config", folder.resolve("netsentinel.yaml").toString())
                        .environment("NETSENTINEL_SINKS_SPLUNK_TOKEN", "0123456789")
                        .environment(
                                "NETSENTINEL_SINKS_HOOK_SIGNING_SECRET", "of-sixteen-bytes-or-more")
                        .run();
        assertThat(shown.out())
                .contains("sinks.splunk.token: ********", "sinks.hook.signing-secret: ********")
                .doesNotContain("of-sixteen-bytes", "0123456789");
    }

    @Test
    void aTestGoesThroughAndAPausedSinkWaitsUntilItIsRewound() {
        JsonNode taken = HttpApi.json(act("siem", "test", ""));
        assertThat(taken.path("taken").asBoolean()).isTrue();
        HttpApi.json(act("siem", "pause", ""));
        admin.postEve(Eve.requests("paused", 0, 50));
        Await.until("the others went on", () -> sink("bulk").path("lag").asLong() == 0);
        assertThat(sink("siem").path("state").asText()).isEqualTo("paused");
        long waiting = sink("siem").path("lag").asLong();
        assertThat(waiting).isGreaterThanOrEqualTo(50);
        HttpApi.json(act("siem", "skip", "{\"all\":true}"));
        assertThat(sink("siem").path("lag").asLong()).isZero();
        assertThat(sink("siem").path("skipped").asLong()).isGreaterThanOrEqualTo(50);
        HttpApi.json(act("siem", "rewind", "{\"records\":" + waiting + "}"));
        HttpApi.json(act("siem", "resume", ""));
        awaitLag(Await.PATIENCE);
        assertThat(new TreeSet<>(target("siem").offsets())).contains(admin.tail("network"));
        assertThat(admin.stored("siem"))
                .extracting(event -> event.path("data").path("event").path("action").asText())
                .contains("paused", "skip", "rewind", "resumed");
    }

    @Test
    @EnabledIf(value = RsyslogReceiver.USABLE, disabledReason = RsyslogReceiver.MISSING)
    void aRealRsyslogTakesHostileTextAsOneMessageEach() throws IOException {
        String hostile = "a\\n<134>1 - - - - - forged\\u0000\\u001b[2J\\u202e|=]\\\"日本 ";
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            lines.append(
                    """
                    {"event":{"module":"syslog"},"message":"%s%d"}
                    """
                            .formatted(hostile, i));
        }
        try (RsyslogReceiver rsyslog =
                RsyslogReceiver.start(
                        Files.createDirectory(folder.resolve("rsyslog")), RSYSLOG_PORT)) {
            Await.until("it listens", () -> act("rsyslog", "test", "").statusCode() == 200);
            admin.post("/api/events?format=event", "application/x-ndjson", lines.toString());
            Await.until("all came", () -> rsyslog.lines("channel=\"logs\"").size() >= 1_000);
            List<String> got = rsyslog.lines("netsentinel [netsentinel@32473 channel=\"logs\"");
            assertThat(got).hasSize(500);
            for (int i = 0; i < 500; i++) {
                assertThat(got.get(i)).contains("offset=\"" + (i + 1) + "\"", "日本 " + i + "\"");
                JsonNode event = HttpApi.parse(got.get(i).substring(got.get(i).indexOf('{')));
                assertThat(event.path("message").asText()).contains("\u202e|=]\"日本");
            }
            assertThat(rsyslog.lines("over-udp "))
                    .hasSizeGreaterThanOrEqualTo(500)
                    .allMatch(line -> line.contains("CEF:0|NetSentinel|"));
        }
    }

    @Test
    void targetsThatAreAwaySlowAndBreakGetEverythingInOrderAlsoOverAKill() throws IOException {
        check(Duration.ofSeconds(30), Duration.ofSeconds(3));
    }

    @Test
    @Tag("long")
    void targetsThatAreAwayForTenMinutesGetEverythingInOrder() throws IOException {
        check(Duration.ofMinutes(10), Duration.ofMinutes(1));
    }

    private static void check(Duration down, Duration slow) throws IOException {
        awaitLag(Await.PATIENCE);
        long first = admin.tail("network") + 1;
        TARGETS.values().forEach(SinkTarget::forget);
        try (Ingest ingest = new Ingest(admin, RATE)) {
            ingest.awaitMore(RATE);
            TARGETS.values().forEach(SinkTarget::away);
            long back = System.nanoTime() + down.toNanos();
            pass(down.dividedBy(3));
            long archived = checkDown();
            server.kill();
            server = serve(server.port());
            admin = admin.at(server);
            ingest.goOnWith(admin);
            pass(down.dividedBy(6));
            ProcessFigures early = ProcessFigures.of(server);
            long memory = ProcessFigures.resident(server);
            pass(Duration.ofNanos(back - System.nanoTime()));
            assertThat(checkDown()).as("nobody waits for others").isGreaterThan(archived);
            long grown = ProcessFigures.resident(server) - memory;
            long heap = ProcessFigures.of(server).heap() - early.heap();
            assertThat(heap).as("what waits is not in memory").isLessThan(MOST_HEAP);
            TARGETS.values().forEach(target -> target.slow(SLOW));
            TARGETS.values().forEach(SinkTarget::back);
            Await.until("something gets through", () -> sink("siem").path("sent").asLong() > 0);
            pass(slow);
            NAMES.forEach(name -> assertThat(sink(name).path("lag").asLong()).isGreaterThan(RATE));
            TARGETS.values().forEach(target -> target.reset(2));
            TARGETS.values().forEach(target -> target.slow(0));
            Await.until("a connection broke", () -> target("siem").resets() > 0);
            ingest.awaitMore(RATE);
            ingest.finish();
            awaitLag(down.multipliedBy(2).plusMinutes(2));
            System.out.printf(
                    "sinks: down %s, then slow %s: %d events, heap %+d MB, resident %+d MB%n",
                    down, slow, admin.tail("network") + 1 - first, heap >> 20, grown >> 20);
        }
        long last = admin.tail("network");
        TARGETS.forEach((name, target) -> {
            List<Long> got = target.offsets();
            checkComplete(name, got, first, last);
            assertThat(sink(name).path("circuit").asText()).isEqualTo("closed");
            assertThat(sink(name).path("failed").asLong()).isZero();
            assertThat(sink(name).path("missed").asLong()).isZero();
            System.out.printf(
                    "  %-6s got %d, twice %d; %d resets%n",
                    name, got.size(), got.size() - (last - first + 1), target.resets());
        });
        checkArchive(last);
    }

    private static void pass(Duration time) {
        // the time itself is what is tested
        LockSupport.parkNanos(time.toNanos());
    }

    /// @return how far a sink is whose target is there
    private static long checkDown() {
        for (String name : NAMES) {
            JsonNode sink = sink(name);
            assertThat(sink.path("state").asText()).as(name).isEqualTo("retrying");
            assertThat(sink.path("circuit").asText()).as(name).isNotEqualTo("closed");
            assertThat(sink.path("lag").asLong()).as(name).isGreaterThan(RATE);
            assertThat(sink.path("lastError").asText()).as(name).isNotEmpty();
        }
        JsonNode archive = sink("archive");
        assertThat(archive.path("state").asText()).isEqualTo("running");
        return archive.path("cursors").path(0).path("offset").asLong();
    }

    /// Everything, for the first time in order; and what came twice is little.
    private static void checkComplete(String name, List<Long> got, long first, long last) {
        long next = first;
        for (long offset : got) {
            assertThat(offset).as(name + ": in order").isLessThanOrEqualTo(next);
            next = Math.max(next, offset + 1);
        }
        assertThat(next).as(name + ": complete").isEqualTo(last + 1);
        // the cut, the kill, two resets, and attempts that were given up while it was slow
        assertThat(got.size() - (last - first + 1)).as(name + ": twice").isLessThan(8 * BATCH);
    }

    private static void checkArchive(long last) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("archive.ndjson")));
        List<String> ids =
                lines.stream().map(line -> HttpApi.parse(line).path("id").asText()).toList();
        assertThat(new TreeSet<>(ids)).hasSize((int) last);
        assertThat(lines.size() - last)
                .as("a kill repeats a batch at most")
                .isLessThanOrEqualTo(BATCH);
    }
}

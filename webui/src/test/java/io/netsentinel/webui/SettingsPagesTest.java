package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.Purge;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsPagesTest {
    @TempDir private Path directory;

    private DashboardFixture fixture;

    @BeforeEach
    void start() {
        fixture = DashboardFixture.open(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void settingsSayWhereTheyComeFromAndAreForAdministrators() {
        Browser ada = fixture.signedIn("ada", Role.ADMIN);
        String page = ada.get("/settings").body();
        assertThat(page)
                .contains("Set by you", "conf/netsentinel.yaml", ">1 d<", "A made-up section")
                .contains("Changed while the server runs", "href=\"/rules\"");
        assertThat(ada.get("/settings?q=port").body())
                .contains("key-port")
                .doesNotContain("key-retention");
        assertThat(fixture.signedIn("ann", Role.ANALYST).get("/settings").status()).isEqualTo(403);
        assertThat(ada.press("/settings/notify", "name", "nobody").body())
                .contains("did not get through");
    }

    @Test
    void personalDataIsRemovedAfterALookAReasonAndTheNameTypedAgain() {
        fixture.publishOn(
                Channel.LOGS,
                Event.builder()
                        .timestamp(Instant.parse("2026-06-01T12:00:00Z"))
                        .put(Fields.SOURCE_IP, "198.51.100.7")
                        .build());
        Browser ada = fixture.signedIn("ada", Role.ADMIN);
        assertThat(ada.get("/settings").body()).contains("id=\"purge\"", "Nothing waits");
        String looked =
                ada.submit(
                                "/settings/purge/preview",
                                "kind",
                                "address",
                                "text",
                                "198.51.100.7",
                                "_csrf",
                                ada.csrf())
                        .body();
        assertThat(looked).contains("logs: 1 event removed", "cannot be undone");
        assertThat(purge(ada, "198.51.100.7", "asked by mail", "198.51.100.8"))
                .contains("That is not what is to be removed", "asked by mail");
        assertThat(purge(ada, "198.51.100.7", "198.51.100.7 asked", "198.51.100.7"))
                .contains("The reason names whose data it is");
        assertThat(purge(ada, "198.51.100.7", " ", "198.51.100.7")).contains("Say why");
        assertThat(ada.get("/settings").body()).contains("Nothing waits");
        purge(ada, "198.51.100.7", "asked by mail", "198.51.100.7");
        assertThat(Purge.pending(directory)).hasSize(1);
        assertThat(ada.get("/settings").body()).contains("198.51.100.7", "Withdraw");
        String id = Purge.pending(directory).getFirst().id();
        ada.submit("/settings/purge/withdraw", "id", id, "_csrf", ada.csrf());
        assertThat(Purge.pending(directory)).isEmpty();
    }

    private static String purge(Browser ada, String address, String reason, String confirm) {
        return ada.submit(
                        "/settings/purge",
                        "kind",
                        "address",
                        "text",
                        address,
                        "reason",
                        reason,
                        "confirm",
                        confirm,
                        "_csrf",
                        ada.csrf())
                .body();
    }

    @Test
    void nothingIsAskedForByWhatIsNoAddressAForgedFormOrAnAnalyst() {
        Browser ada = fixture.signedIn("ada", Role.ADMIN);
        String refused =
                ada.submit(
                                "/settings/purge/preview",
                                "kind",
                                "address",
                                "text",
                                "nowhere",
                                "_csrf",
                                ada.csrf())
                        .body();
        assertThat(refused).contains("is no address");
        assertThat(
                        ada.submit(
                                        "/settings/purge",
                                        "kind",
                                        "address",
                                        "text",
                                        "192.0.2.1",
                                        "_csrf",
                                        "forged")
                                .status())
                .isEqualTo(403);
        assertThat(
                        fixture.signedIn("ann", Role.ANALYST)
                                .press("/settings/purge/preview", "text", "192.0.2.1")
                                .status())
                .isEqualTo(403);
        assertThat(Purge.pending(directory)).isEmpty();
    }

    @Test
    void themeAndDensityAreKeptInTheBrowserAndDrawnFromTheStart() {
        Browser ann = fixture.signedIn("ann", Role.VIEWER);
        ann.submit(
                "/account/preferences", "theme", "dark", "density", "compact", "_csrf", ann.csrf());
        assertThat(ann.get("/account").body())
                .contains("data-theme=\"dark\"", "data-density=\"compact\"");
        ann.submit("/account/preferences", "theme", "<odd>", "density", "x", "_csrf", ann.csrf());
        assertThat(ann.get("/account").body()).doesNotContain("data-density=\"compact\"", "odd");
    }

    @Test
    void theGuideHasWhatToWriteForEachSensorAndTheWallItsPages() {
        Browser ann = fixture.signedIn("ann", Role.VIEWER);
        assertThat(ann.get("/guide").body())
                .contains("format: zeek", "cowrie.json*", "omfwd", "kind: pcap", "list: suricata")
                .contains("/api/events?format=eve", "No sensor has sent an event yet");
        String wall = ann.get("/wall?page=%2Fmap&page=https%3A%2F%2Fevil.example&every=1").body();
        assertThat(wall).contains("data-pages=\"/map /\"", "data-every=\"5\"");
    }

    @Test
    void aTableIsAFileWhoseFormulasAreText() {
        Event line =
                Event.builder()
                        .timestamp(Instant.parse("2026-06-01T12:00:00Z"))
                        .put(Fields.MESSAGE, "=HYPERLINK(\"https://evil.example\")")
                        .put("host.name", "gw")
                        .build();
        fixture.publishOn(Channel.LOGS, line);
        Browser ann = fixture.signedIn("ann", Role.VIEWER);
        Browser.Reply csv = ann.get("/logs?format=csv");
        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        assertThat(csv.header("Content-Disposition")).contains("attachment").contains(".csv");
        assertThat(csv.body())
                .isEqualTo(
                        "Time,Level,Host,Program,Message\r\n2026-06-01T12:00:00Z,info,gw,,"
                                + "\"'=HYPERLINK(\"\"https://evil.example\"\")\"\r\n");
        assertThat(ann.get("/logs?format=json").body()).contains("\"Host\" : \"gw\"");
    }

    @Test
    void aFileIsRefusedWhereAPageWouldShowMoreThanWasAskedFor() {
        Browser ann = fixture.signedIn("ann", Role.VIEWER);
        for (String path :
                List.of(
                        "/logs?q=host.name+%3D&format=csv",
                        "/alerts?filter=what+is+this&format=json",
                        "/alerts?group=source&filter=what+is+this&format=csv",
                        "/network?q=source.ip+%3D&format=csv")) {
            Browser.Reply reply = ann.get(path);
            assertThat(reply.status()).as(path).isEqualTo(400);
            assertThat(reply.body()).as(path).contains("Column ");
        }
        assertThat(ann.get("/logs?format=xml").status()).isEqualTo(400);
        assertThat(ann.get("/logs?q=host.name+%3D").status()).isEqualTo(200);
    }

    @Test
    void aFileThatIsNotAllSaysSoInItsName() {
        Event[] lines = new Event[200];
        for (int i = 0; i < lines.length; i++) {
            lines[i] =
                    Event.builder().timestamp(Instant.now()).put(Fields.MESSAGE, "n" + i).build();
        }
        fixture.publishOn(Channel.LOGS, lines);
        Browser ann = fixture.signedIn("ann", Role.VIEWER);
        assertThat(ann.get("/logs?q=message+%3D+n1&format=csv").header("Content-Disposition"))
                .doesNotContain("first");
        fixture.publishOn(
                Channel.LOGS,
                Event.builder().timestamp(Instant.now()).put(Fields.MESSAGE, "more").build());
        assertThat(ann.get("/logs?format=csv").header("Content-Disposition"))
                .contains("netsentinel-logs-first-200-");
    }

    @Test
    void eventsAreThoseThatCameInDuringTheTime() {
        fixture.publishOn(
                Channel.LOGS,
                Event.builder().timestamp(Instant.now()).put(Fields.MESSAGE, "hello").build());
        Browser ann = fixture.signedIn("ann", Role.VIEWER);
        assertThat(ann.get("/logs?range=15m").body()).contains("hello");
        String past = "from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z";
        assertThat(ann.get("/logs?" + past).body())
                .doesNotContain("hello")
                .contains("No line matches", "Back to now");
        String present =
                "from=" + Instant.now().minusSeconds(60) + "&to=" + Instant.now().plusSeconds(60);
        assertThat(ann.get("/logs?" + present).body()).contains("hello");
        assertThat(ann.get("/logs?q=message+%3D+other").body()).contains("compares whole values");
        for (String page : new String[] {"/", "/alerts", "/network", "/honeypot"}) {
            assertThat(ann.get(page + "?" + past).status()).as(page).isEqualTo(200);
        }
    }
}

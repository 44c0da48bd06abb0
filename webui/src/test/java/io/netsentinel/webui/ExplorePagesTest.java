package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.DiskForecast;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages one looks around on: map, topology, network, honeypot, stats.
class ExplorePagesTest {
    private static final String EVIL = "<script>alert(1)</script>' onmouseover='x' \u202E\u001B[2J";

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
    void withoutAnEventEachPageSaysWhereItsEventsComeFrom() {
        Browser browser = fixture.signedIn("ann", Role.VIEWER);
        assertThat(browser.get("/topology").body()).contains("No flow has come yet");
        assertThat(browser.get("/topology?at=2020-01-01T00:00:00Z").body())
                .contains("Nothing is kept of that time");
        assertThat(browser.get("/network").body()).contains("Flows come from Suricata");
        assertThat(browser.get("/honeypot").body()).contains("No session yet");
        assertThat(browser.get("/map").body()).contains("No alert in this time");
    }

    @Test
    void theFiguresOfTheServerAreForAdministrators() {
        assertThat(fixture.signedIn("ann", Role.VIEWER).get("/stats").status()).isEqualTo(403);
        assertThat(fixture.signedIn("root", Role.ADMIN).get("/stats").body())
                .contains("Commit p99")
                .contains("Heap")
                .contains("Garbage collection");
    }

    @Test
    void theFiguresAreThoseTheServerHasKeptNowAndOfAnyTime() {
        fixture.figures()
                .start(figures -> {
                    figures.gauge("netsentinel_connections", "How many.", 1_234);
                    figures.gauge("netsentinel_sink_lag_events", "Behind.", 40, "sink", "one");
                    figures.gauge("netsentinel_sink_lag_events", "Behind.", 2, "sink", "two");
                });
        Browser root = fixture.signedIn("root", Role.ADMIN);
        Instant patience = Instant.now().plusSeconds(20);
        String page = root.get("/stats").body();
        while (!page.contains(">1,234<") && Instant.now().isBefore(patience)) {
            page = root.get("/stats").body();
        }
        assertThat(page)
                .contains(">1,234<", ">42<", "netsentinel_connections", ">–<")
                .contains("the log is too young to tell how fast it grows.</p>");
        assertThat(root.get("/stats?format=csv").body())
                .contains("Log and disk,How long the disk lasts,");
        String past = root.get("/stats?from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z").body();
        assertThat(past)
                .contains("2026-01-01 00:00:00 to 01:00:00 UTC", "Back to now")
                .doesNotContain(">1,234<", "too young to tell");
    }

    @Test
    void whatTheDiskFacesIsMarkedByHowBadItIs() {
        ServerFigures.Group group = new ServerFigures.Group("storage", "Disk", List.of(), "", "");
        long day = 100L << 20;
        assertThat(group.noted()).isFalse();
        assertThat(group.noting(disk(10 * day, 10 * day, day)).mark()).isEqualTo("ok");
        assertThat(group.noting(disk(3 * day, 10 * day, day)).mark()).isEqualTo("warn");
        ServerFigures.Group filling = group.noting(disk(10 * day, day, 5 * day));
        assertThat(filling.mark()).isEqualTo("bad");
        assertThat(filling.note()).startsWith("At 500 MiB a day the disk is full in 0.2 days");
    }

    private static DiskForecast disk(long budget, long free, long perDay) {
        return new DiskForecast(
                0, budget, free, OptionalDouble.of((double) perDay), Duration.ofDays(7));
    }

    @Test
    void flowsAreListedFilteredAndShownInFullWithTheirAlerts() {
        fixture.publishOn(
                Channel.NETWORK,
                flow("10.0.0.7", 443, 5_000).build(),
                flow("10.0.0.8", 53, 100).build(),
                flow("10.0.0.9", 80, 1).put(Fields.EVENT_DATASET, "suricata.http").build());
        fixture.publish(
                flow("10.0.0.7", 443, 0)
                        .put(Fields.EVENT_KIND, "alert")
                        .put(Fields.RULE_NAME, "ET ALERT of the flow")
                        .put(Fields.NS_SCORE, 73)
                        .build());
        Browser browser = fixture.signedIn("ann", Role.VIEWER);
        assertThat(browser.get("/network").body())
                .contains("10.0.0.7:40000")
                .contains("10.0.0.8:40000")
                .doesNotContain("10.0.0.9:40000")
                .contains("4.9 KiB");
        assertThat(browser.get("/network?show=records").body()).contains("10.0.0.9:40000");
        assertThat(browser.get("/network?q=" + encoded("destination.port = 53")).body())
                .contains("10.0.0.8:40000")
                .doesNotContain("10.0.0.7:40000");
        assertThat(browser.get("/network?q=" + encoded("what is this")).body())
                .contains("Column 6")
                .contains("10.0.0.7:40000");
        assertThat(browser.get("/network?event=1").body())
                .contains("ET ALERT of the flow")
                .contains("1:of-10.0.0.7");
        assertThat(browser.get("/network?event=99").status()).isEqualTo(200);
        assertThat(browser.get("/network?show=packets").body()).contains("Nothing here");
    }

    @Test
    void aSessionOfAHoneypotIsToldInOrderAndInertly() {
        fixture.publishOn(
                Channel.HONEYPOT,
                visit("session.connect", 0).build(),
                visit("login.failed", 1)
                        .put(Fields.USER_NAME, "root")
                        .put("ns.cowrie.password", "123456")
                        .put(Fields.EVENT_OUTCOME, "failure")
                        .build(),
                visit("login.success", 2)
                        .put(Fields.USER_NAME, "admin")
                        .put("ns.cowrie.password", EVIL)
                        .put(Fields.EVENT_OUTCOME, "success")
                        .build(),
                visit("command.input", 3).put(Fields.PROCESS_COMMAND_LINE, EVIL).build(),
                visit("command.input", 4).put(Fields.PROCESS_COMMAND_LINE, "uname -a").build(),
                visit("session.closed", 5).put(Fields.EVENT_DURATION, 65_000_000_000L).build());
        Browser browser = fixture.signedIn("ann", Role.VIEWER);
        String list = browser.get("/honeypot").body();
        assertThat(list)
                .contains("root / 123456")
                .contains("1 min 5 s")
                .contains("href=\"/honeypot/session?id=s%3C1\"");
        String one = browser.get("/honeypot/session?id=s%3C1").body();
        assertThat(one).contains("login, let in").contains("uname -a");
        assertThat(one.indexOf("root / 123456")).isLessThan(one.indexOf("uname -a"));
        for (String body : new String[] {list, one}) {
            assertThat(body)
                    .contains("&lt;script&gt;")
                    .contains("\\u{1b}[2J")
                    .doesNotContain("<script>")
                    .doesNotContain("onmouseover='")
                    .doesNotContain("\u202E")
                    .doesNotContain("\u001B");
        }
        assertThat(browser.get("/honeypot/session?id=another").status()).isEqualTo(404);
        assertThat(browser.get("/honeypot/session").status()).isEqualTo(404);
    }

    @Test
    void hostileTextIsInertInFlowsAndOnTheMap() {
        fixture.publishOn(
                Channel.NETWORK,
                flow(EVIL, 1, 1)
                        .put(Fields.MESSAGE, EVIL)
                        .put(Fields.NETWORK_PROTOCOL, EVIL)
                        .put(Fields.OBSERVER_NAME, EVIL)
                        .put(Fields.RAW, EVIL)
                        .build());
        fixture.publish(
                flow(EVIL, 1, 1)
                        .put(Fields.EVENT_KIND, "alert")
                        .put(Fields.RULE_NAME, EVIL)
                        .put(Fields.SOURCE_GEO_COUNTRY_ISO_CODE, EVIL)
                        .put(Fields.NS_SCORE, 73)
                        .build());
        Browser browser = fixture.signedIn("ann", Role.VIEWER);
        for (String path :
                new String[] {
                    "/network",
                    "/network?show=records&event=1",
                    "/map",
                    "/map?hour=" + Instant.now().minusSeconds(60),
                    "/topology?host=" + encoded(EVIL) + "&network=" + encoded("<b>")
                }) {
            assertThat(browser.get(path).body())
                    .as(path)
                    .doesNotContain("<script>")
                    .doesNotContain("<b>")
                    .doesNotContain("onmouseover='")
                    .doesNotContain("\u202E")
                    .doesNotContain("\u001B");
        }
    }

    @Test
    void theMapDrawsAnArcBetweenCountriesAndListsThem() {
        fixture.publish(located("CN", "DE", 99), located("CN", "", 47), located("", "", 47));
        Browser browser = fixture.signedIn("ann", Role.VIEWER);
        String map = browser.get("/map").body();
        assertThat(map)
                .contains("class='arc critical'")
                .containsPattern("data-key='CN(>|&gt;)DE'")
                .contains("data-key='CN' ")
                .contains("China to Germany: 1 alert")
                .contains("China to Own networks: 1 alert")
                .contains("CN China")
                .contains("1 alert without a country at either end is not on it")
                .contains("class=\"land\"")
                .contains("data-length=\"900000\"")
                .containsPattern("data-counted=\"[^\"]*\\d+ CN DE critical 1;?[^\"]*\"")
                .containsPattern("data-counted=\"[^\"]*\\d+   [a-z]+ 1;?[^\"]*\"")
                .doesNotContain("<li data-at=");
        assertThat(browser.get("/map?hour=" + Instant.now().minusSeconds(60)).body())
                .contains("data-from='CN'")
                .contains("data-severity='critical'");
        assertThat(browser.get("/map?hour=2020-01-01T00:00").body())
                .contains("No alert in this time");
    }

    private static Event located(String from, String to, int score) {
        Event.Builder event =
                flow("198.51.100.7", 80, 1)
                        .put(Fields.EVENT_KIND, "alert")
                        .put(Fields.RULE_NAME, "ET somewhere")
                        .put(Fields.NS_SCORE, score)
                        .putText(Fields.SOURCE_GEO_COUNTRY_ISO_CODE, from);
        return event.putText(Fields.DESTINATION_GEO_COUNTRY_ISO_CODE, to).build();
    }

    private static Event.Builder flow(String source, int port, long bytes) {
        return Event.builder()
                .timestamp(Instant.now())
                .put(Fields.EVENT_KIND, "event")
                .put(Fields.EVENT_DATASET, "suricata.flow")
                .put(Fields.SOURCE_IP, source)
                .put(Fields.SOURCE_PORT, 40_000)
                .put(Fields.DESTINATION_IP, "192.0.2.1")
                .put(Fields.DESTINATION_PORT, port)
                .put(Fields.NETWORK_TRANSPORT, "tcp")
                .put(Fields.NETWORK_COMMUNITY_ID, "1:of-" + source)
                .put(Fields.NETWORK_BYTES, bytes);
    }

    private static Event.Builder visit(String action, int second) {
        return Event.builder()
                .timestamp(Instant.parse("2026-06-01T12:00:00Z").plusSeconds(second))
                .put(Fields.EVENT_KIND, "event")
                .put(Fields.EVENT_ACTION, action)
                .put(Fields.SESSION_ID, "s<1")
                .put(Fields.SOURCE_IP, "203.0.113.9")
                .put(Fields.MESSAGE, action);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Role;
import io.netsentinel.detection.AlertQuery;
import io.netsentinel.detection.Status;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupPagesTest {
    @TempDir private Path directory;

    private DashboardFixture fixture;
    private Browser ada;

    @BeforeEach
    void start() {
        fixture = DashboardFixture.open(directory);
        ada = fixture.signedIn("ada", Role.ADMIN);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void alertsStandInGroupsTheWorstFirstAndAGroupOpensAsAList() {
        fixture.publish(
                alert("1", "Scan of \"ports\"", "198.51.100.7", 47),
                alert("1", "Scan of \"ports\"", "198.51.100.8", 47),
                alert("2", "Exploit", "198.51.100.7", 99));
        String page = ada.get("/alerts?group=signature").body();
        assertThat(page).contains("2 groups of 3 alerts");
        assertThat(page.indexOf(">Exploit<")).isPositive().isLessThan(page.indexOf(">Scan of"));
        String list = ada.get(linkOf(page, "Scan of")).body();
        assertThat(list).contains("198.51.100.8").doesNotContain("Exploit").contains("2 alerts");
        assertThat(ada.get("/alerts?group=source").body())
                .contains("2 groups of 3 alerts", ">198.51.100.7<", ">198.51.100.8<");
        assertThat(ada.get("/alerts?group=sensor").body()).contains("without a sensor");
        assertThat(ada.get("/alerts?group=destination&q=exploit").body())
                .contains("1 group of 1 alert");
    }

    @Test
    void acknowledgingAGroupLeavesWhatCameLaterOpenAndCanBeUndone() {
        Event first = alert("1", "Scan", "198.51.100.7", 47);
        fixture.publish(first, alert("2", "Exploit", "198.51.100.7", 99));
        String page = ada.get("/alerts?group=signature").body();
        String until = field(page, "until", "Scan");
        fixture.publishLaterThan(Long.parseLong(until), alert("1", "Scan", "198.51.100.9", 47));

        Browser.Reply done =
                ada.press(
                        "/alerts/ack-matching",
                        "view",
                        "/alerts?group=signature",
                        "of",
                        field(page, "of", "Scan"),
                        "until",
                        until);
        assertThat(done.body()).contains("Acknowledged.").contains("/alerts/unack");
        assertThat(open()).containsExactlyInAnyOrder("198.51.100.9", "198.51.100.7");
        assertThat(status(first)).isEqualTo(Status.ACKNOWLEDGED);

        ada.press("/alerts/unack", "alert", first.id());
        assertThat(open()).hasSize(3);
    }

    @Test
    void aGroupThatNoFilterCanSayIsAcknowledgedAloneAndIsNoLink() {
        Event endless = unnamed("x".repeat(600));
        fixture.publish(endless, unnamed("short"), alert("1", "Scan", "198.51.100.7", 47));
        String page = ada.get("/alerts?group=signature").body();
        assertThat(page)
                .contains("3 groups")
                .containsPattern("<a[^>]*>short<")
                .doesNotContainPattern("<a[^>]*>xxx")
                .containsPattern("<span[^>]*>xxx");
        String row = page.substring(page.indexOf(">xxx"));
        String[] fields = {
            "view", "/alerts?group=signature", "of", value(row, "of"), "until", value(row, "until")
        };
        assertThat(ada.press("/alerts/ack-matching", fields).body()).contains("Acknowledged.");
        assertThat(open()).hasSize(2);
        assertThat(status(endless)).isEqualTo(Status.ACKNOWLEDGED);
    }

    @Test
    void whatIsAcknowledgedByAViewThatIsNotUnderstoodIsNothing() {
        fixture.publish(alert("1", "Scan", "198.51.100.7", 47));
        String now = Long.toString(System.currentTimeMillis() + 1_000);
        for (String view :
                List.of(
                        "",
                        "/",
                        "/alertsx",
                        "/logs?q=scan",
                        "/alerts?severity=loud",
                        "/alerts?status=open,loud",
                        "/alerts?sevrity=high",
                        "/alerts?range=century",
                        "/alerts?from=2026-06-01T12:00:00Z",
                        "/alerts?q=scan&q=scan",
                        "/alerts?q=%zz",
                        "/alerts?q=" + "a".repeat(201),
                        "/alerts?filter=source.ip+%3D",
                        "/alerts?filter=source.ip+%3D+198.51.100.7" + "+".repeat(4_100) + "+or+a=b",
                        "/alerts?group=signature")) {
            Browser.Reply reply = ada.press("/alerts/ack-matching", "view", view, "until", now);
            assertThat(reply.status()).as(view).isEqualTo(400);
        }
        assertThat(ada.press("/alerts/ack-matching", "until", now).status()).isEqualTo(400);
        assertThat(open()).hasSize(1);
        assertThat(ada.press("/alerts/ack-matching", "view", "/alerts", "until", now).body())
                .contains("Acknowledged.");
    }

    @Test
    void anUndoMakesAlertsAgainWhatTheyWere() {
        Event scan = alert("1", "Scan", "198.51.100.7", 47);
        Event worse = alert("1", "Scan", "198.51.100.8", 47);
        fixture.publish(scan, worse);
        ada.press("/alerts/escalate", "alert", worse.id());
        String now = Long.toString(System.currentTimeMillis() + 1_000);
        String body =
                ada.press("/alerts/ack-matching", "view", "/alerts?q=scan", "until", now).body();
        assertThat(body).contains("Acknowledged 2 alerts.");
        assertThat(
                        ada.press(
                                        "/alerts/unack",
                                        "alert",
                                        value(body, "alert"),
                                        "escalated",
                                        value(body, "escalated"))
                                .body())
                .contains("Opened again. Escalated.");
        assertThat(status(scan)).isEqualTo(Status.OPEN);
        assertThat(status(worse)).isEqualTo(Status.ESCALATED);
    }

    @Test
    void manyAreTakenBackWithoutCarryingTheirIdsThroughTheBrowser() {
        Event[] many = new Event[60];
        for (int i = 0; i < many.length; i++) {
            many[i] = alert("1", "Scan", "198.51.100." + i, 47);
        }
        fixture.publish(many);
        String body =
                ada.press(
                                "/alerts/ack-matching",
                                "view",
                                "/alerts?q=scan",
                                "until",
                                Long.toString(System.currentTimeMillis() + 1_000))
                        .body();
        assertThat(body).contains("Acknowledged 60 alerts.").doesNotContain(many[0].id());
        assertThat(open()).isEmpty();
        String batch = value(body, "batch");
        Browser other = fixture.signedIn("bob", Role.ANALYST);
        assertThat(other.press("/alerts/unack", "batch", batch).body()).contains("too long ago");
        assertThat(ada.press("/alerts/unack", "batch", batch, "note", "x".repeat(2_001)).status())
                .as("what fails can be tried again")
                .isEqualTo(400);
        assertThat(ada.press("/alerts/unack", "batch", batch).body())
                .contains("Opened again 60 alerts.");
        assertThat(open()).hasSize(60);
        assertThat(ada.press("/alerts/unack", "batch", batch).body()).contains("too long ago");
    }

    @Test
    void anAlertIsSuppressedForATimeWithWhatWaitsOfItAndBothAreTakenBack() {
        Event scan = alert("1", "Scan", "198.51.100.7", 47);
        fixture.publish(
                scan,
                alert("1", "Scan", "198.51.100.7", 47),
                alert("1", "Scan", "203.0.113.5", 47));
        assertThat(ada.get("/alerts/" + scan.id()).body()).contains("/alerts/suppress?alert=");
        String form = ada.get("/alerts/suppress?alert=" + scan.id()).body();
        assertThat(form).contains("value=\"198.51.100.7\"", "7 days", "All rules");
        String[] filled = {
            "alert",
            scan.id(),
            "by",
            "signature",
            "by",
            "source",
            "signature",
            "1",
            "source",
            "198.51.100.0/24",
            "span",
            "8h",
            "reason",
            "our scanner",
            "present",
            "yes"
        };
        String body = ada.press("/alerts/suppress", filled).body();
        assertThat(body).contains("suppressed until").contains("2 open alerts acknowledged.");
        assertThat(open()).containsExactly("203.0.113.5");
        assertThat(fixture.rules().all()).hasSize(1);
        assertThat(fixture.rules().all().getFirst().match().sensor()).isEmpty();
        assertThat(ada.get("/rules").body())
                .contains("signature 1, from 198.51.100.0/24", "our scanner", ">End<");

        assertThat(
                        ada.press(
                                        "/alerts/unsuppress",
                                        "rule",
                                        value(body, "rule"),
                                        "batch",
                                        value(body, "batch"))
                                .body())
                .contains("The rule has ended. 2 alerts opened again.");
        assertThat(open()).hasSize(3);
        assertThat(ada.get("/rules").body()).contains("ended").doesNotContain(">End<");
    }

    @Test
    void aRuleNeedsAReasonACriterionAndAnAdministrator() {
        Event scan = alert("1", "Scan", "198.51.100.7", 47);
        fixture.publish(scan);
        assertThat(
                        ada.press(
                                        "/alerts/suppress",
                                        "by",
                                        "signature",
                                        "signature",
                                        "1",
                                        "span",
                                        "1d",
                                        "reason",
                                        " ")
                                .body())
                .contains("1 to 500 characters");
        assertThat(ada.press("/alerts/suppress", "span", "1d", "reason", "x").body())
                .contains("at least one of");
        assertThat(
                        ada.press(
                                        "/alerts/suppress",
                                        "by",
                                        "source",
                                        "source",
                                        "everywhere",
                                        "span",
                                        "1d",
                                        "reason",
                                        "x")
                                .body())
                .contains("no address");
        assertThat(fixture.rules().all()).isEmpty();
        Browser ann = fixture.signedIn("ann", Role.ANALYST);
        assertThat(ann.get("/alerts/suppress?alert=" + scan.id()).status()).isEqualTo(403);
        assertThat(ann.get("/alerts/" + scan.id()).body()).doesNotContain("/alerts/suppress");
        assertThat(ann.get("/alerts?group=signature").body())
                .contains("/alerts/ack-matching")
                .doesNotContain("/alerts/suppress");
        assertThat(fixture.signedIn("vic", Role.VIEWER).get("/alerts?group=signature").body())
                .doesNotContain("/alerts/ack-matching");
    }

    @Test
    void aFilterThatIsNoneIsSaidAndTheListIsShownWithoutIt() {
        fixture.publish(alert("1", "Scan", "198.51.100.7", 47));
        assertThat(ada.get("/alerts?filter=source.ip+%3D+198.51.100.7").body()).contains(">Scan<");
        assertThat(ada.get("/alerts?filter=source.ip+%3D+192.0.2.1").body())
                .doesNotContain(">Scan<")
                .contains("Nothing that matches these filters");
        String late = "host.name+%3D+" + "x".repeat(2_000) + "+or+source.ip+%3D+";
        assertThat(ada.get("/alerts?filter=" + late + "198.51.100.7").body())
                .as("a long one is whole")
                .contains(">Scan<")
                .doesNotContain("Column ");
        assertThat(ada.get("/alerts?filter=" + late + "198.51.100.70").body())
                .doesNotContain(">Scan<", "Column ");
        assertThat(ada.get("/alerts?filter=what+is+this").body())
                .contains("Column ")
                .contains(">Scan<");
    }

    @Test
    void aViewIsSavedForItsUserRenamedAndDeletedAndSurvivesTheServer() {
        String deep =
                "/alerts?severity=critical&group=source&from=2026-06-01T12%3A00%3A00Z&to=2026-06-01T13%3A00%3A00Z";
        assertThat(save(ada, "Noon <b>", deep).header("Location")).isEqualTo(deep);
        assertThat(ada.get("/views").body())
                .contains("Noon &lt;b&gt;")
                .contains("href=\"" + deep.replace("&", "&amp;") + "\"");
        assertThat(fixture.signedIn("bob", Role.VIEWER).get("/views").body())
                .contains("No view is saved yet");
        assertThat(save(ada, "away", "https://evil.example/").header("Location")).isEqualTo("/");
        assertThat(save(ada, " ", "/logs").status()).isEqualTo(400);

        String views = ada.get("/views").body();
        String id = value(views.substring(views.lastIndexOf("name=\"id\"")), "id");
        assertThat(form(ada, "/views/rename", "id", id, "name", "AWAY").body()).contains("already");
        assertThat(form(ada, "/views/rename", "id", id, "name", "Noon").status()).isEqualTo(303);
        Browser.Reply logs = ada.get("/logs");
        assertThat(logs.body()).contains(">Noon<");
        assertThat(new SavedViews(fixture.store()).of("ada"))
                .extracting(SavedView::name)
                .containsExactly("away", "Noon");
        assertThat(form(ada, "/views/delete", "id", id).status()).isEqualTo(303);
        assertThat(ada.get("/views").body()).doesNotContain("Noon");
        assertThat(form(ada, "/views/delete", "id", id).status()).isEqualTo(400);
    }

    private static Browser.Reply save(Browser browser, String name, String href) {
        return form(browser, "/views/save", "name", name, "href", href);
    }

    private static Browser.Reply form(Browser browser, String path, String... fields) {
        String[] all = java.util.Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = "_csrf";
        all[fields.length + 1] = browser.csrf();
        return browser.submit(path, all);
    }

    private Status status(Event alert) {
        return fixture.alerts().find(Samples.admin(), alert.id()).orElseThrow().status();
    }

    private List<String> open() {
        return fixture
                .alerts()
                .list(
                        Samples.admin(),
                        AlertQuery.newest(100).withStatuses(Set.of(Status.OPEN, Status.ESCALATED)))
                .alerts()
                .stream()
                .map(alert -> alert.event().text(Fields.SOURCE_IP))
                .toList();
    }

    private static String linkOf(String page, String name) {
        Matcher link = Pattern.compile("href=\"([^\"]+)\"[^>]*>" + name).matcher(page);
        assertThat(link.find()).as("a link " + name).isTrue();
        return link.group(1).replace("&amp;", "&");
    }

    /// The value of a hidden field in the row of that name.
    private static String field(String page, String name, String row) {
        return value(page.substring(page.indexOf(">" + row + "<")), name);
    }

    private static String value(String markup, String name) {
        Matcher field = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(markup);
        assertThat(field.find()).as(name).isTrue();
        return field.group(1);
    }

    private static Event unnamed(String message) {
        return Event.builder()
                .timestamp(Instant.now())
                .put(Fields.EVENT_KIND, "alert")
                .put(Fields.MESSAGE, message)
                .put(Fields.NS_SCORE, 47)
                .build();
    }

    private static Event alert(String rule, String name, String source, int score) {
        return Event.builder()
                .timestamp(Instant.now())
                .put(Fields.EVENT_KIND, "alert")
                .put(Fields.RULE_ID, rule)
                .put(Fields.RULE_NAME, name)
                .put(Fields.SOURCE_IP, source)
                .put(Fields.NS_SCORE, score)
                .build();
    }
}

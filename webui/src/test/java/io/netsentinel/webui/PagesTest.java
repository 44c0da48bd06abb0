package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Role;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Filter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PagesTest {
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
    void whoeverIsNotSignedInIsSentToTheSignInPageAndComesBack() {
        Browser browser = fixture.browser();
        Browser.Reply sent = browser.get("/alerts?severity=critical");
        assertThat(sent.status()).isEqualTo(303);
        assertThat(sent.header("Location"))
                .isEqualTo("/login?next=%2Falerts%3Fseverity%3Dcritical");

        Browser.Reply login = browser.get(sent.header("Location"));
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.body())
                .contains("name=\"next\" value=\"/alerts?severity=critical\"")
                .doesNotContain("role=\"alert\"");
    }

    @Test
    void aWrongPasswordIsSaidWithoutSayingWhatIsWrong() {
        Browser.Reply reply =
                fixture.browser()
                        .submit("/login", "username", "nobody", "password", "x", "next", "/");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body())
                .contains("User name or password is wrong.")
                .contains("value=\"nobody\"");
    }

    @Test
    void afterSigningInNobodyIsSentElsewhere() {
        fixture.signedIn("ann", Role.VIEWER);
        for (String next :
                new String[] {
                    "//evil.example/", "https://evil.example/", "/\\evil.example", "/login"
                }) {
            Browser.Reply reply =
                    fixture.browser()
                            .submit(
                                    "/login",
                                    "username",
                                    "ann",
                                    "password",
                                    DashboardFixture.PASSWORD,
                                    "next",
                                    next);
            assertThat(reply.header("Location")).as(next).isEqualTo("/");
        }
    }

    @Test
    void withoutAnyEventThePagesSayHowToSendTheFirstOne() {
        Browser browser = fixture.signedIn("ann", Role.VIEWER);
        for (String page : new String[] {"/", "/alerts"}) {
            assertThat(browser.get(page).body())
                    .contains("No sensor has sent an event yet")
                    .contains("bin/netsentinel serve --eve /var/log/suricata/eve.json")
                    .contains("/api/events?format=eve");
        }
    }

    @Test
    void pagesAreCompleteWithoutAScript() {
        fixture.publish(alert("ET SCAN something", 47), alert("ET EXPLOIT something", 99));
        Browser browser = fixture.signedIn("ann", Role.ANALYST);

        Browser.Reply overview = browser.get("/");
        assertThat(overview.status()).isEqualTo(200);
        assertThat(overview.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(overview.header("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("trusted-types htmx");
        assertThat(overview.body())
                .contains("ET SCAN something")
                .contains("ET EXPLOIT something")
                .contains("Open critical");

        String alerts = browser.get("/alerts").body();
        assertThat(alerts)
                .contains("ET SCAN something")
                .contains("data-offset=\"2\"")
                .contains("data-live=\"yes\"")
                .doesNotContain(">Newest<")
                .doesNotContain(">Older<")
                .doesNotContain("href=\"\"");
        assertThat(alerts.indexOf("data-severity='critical'")).isPositive();
        assertThat(browser.get("/alerts?severity=critical").body())
                .contains("ET EXPLOIT something")
                .doesNotContain("ET SCAN something");
        assertThat(browser.get("/alerts?q=scan").body()).doesNotContain("ET EXPLOIT something");
    }

    @Test
    void anAlertHasAPageADrawerAndALinkThatOpensIt() {
        Event alert = alert("ET EXPLOIT something", 99);
        fixture.publish(alert);
        Browser browser = fixture.signedIn("ann", Role.ANALYST);

        String alone = browser.get("/alerts/" + alert.id()).body();
        assertThat(alone)
                .startsWith("<!DOCTYPE html>")
                .contains("All fields")
                .contains("198.51.100.7:4444", "As bytes", "00000000  47 45 54 20 2f");
        String drawer =
                browser.get("/alerts/" + alert.id(), "HX-Request: true", "HX-Target: aside#drawer")
                        .body();
        assertThat(drawer).startsWith("<article").contains("GET / HTTP/1.1").doesNotContain("<nav");
        assertThat(browser.get("/alerts?alert=" + alert.id()).body())
                .contains("id=\"detail\"")
                .contains("triage opened");
    }

    @Test
    void whatIsNotThereIsAPageToo() {
        Browser browser = fixture.signedIn("ann", Role.VIEWER);
        for (String path :
                new String[] {"/nothing", "/alerts/nobody", "/assets/0123456789ab/app.css"}) {
            Browser.Reply reply = browser.get(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.body()).contains("Nothing here").contains("Back to the overview");
        }
        assertThat(browser.get("/alerts?before=nonsense").status()).isEqualTo(200);
    }

    @Test
    void acknowledgingTellsWhatWasDoneAndOffersToUndoIt() {
        Event alert = alert("ET SCAN something", 47);
        fixture.publish(alert);
        Browser ann = fixture.signedIn("ann", Role.ANALYST);
        Browser bob = fixture.signedIn("bob", Role.ANALYST);

        Browser.Reply done = ann.press("/alerts/ack", "alert", alert.id());
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.body())
                .contains("Acknowledged.")
                .contains("data-undo")
                .contains("value=\"" + alert.id() + "\"");
        assertThat(bob.press("/alerts/ack", "alert", alert.id()).body())
                .contains("Already acknowledged by ann at ")
                .doesNotContain("data-undo");
        assertThat(bob.get("/alerts?status=acknowledged").body())
                .contains("Ack by ann")
                .contains("data-version='1'");
        assertThat(bob.get("/alerts").body()).doesNotContain("ET SCAN something");

        assertThat(ann.press("/alerts/unack", "alert", alert.id()).body())
                .contains("Opened again.");
        assertThat(bob.get("/alerts").body()).contains("ET SCAN something");
    }

    @Test
    void manyAreAcknowledgedAtOnceAndANoteStaysWithTheAlert() {
        Event first = alert("ET SCAN one", 47);
        Event second = alert("ET SCAN two", 47);
        fixture.publish(first, second);
        Browser ann = fixture.signedIn("ann", Role.ANALYST);

        assertThat(
                        ann.press("/alerts/note", "alert", first.id(), "note", "Seen <b>before</b>")
                                .body())
                .contains("Note added.");
        assertThat(ann.get("/alerts/" + first.id()).body())
                .contains("Seen &lt;b&gt;before&lt;/b&gt;");
        assertThat(ann.press("/alerts/ack", "alert", first.id(), "alert", second.id()).body())
                .contains("Acknowledged 2 alerts.");
        assertThat(ann.press("/alerts/ack").body()).contains("Nothing is selected.");
    }

    @Test
    void formsWorkWithoutAScriptAndLeadBack() {
        Event alert = alert("ET SCAN something", 47);
        fixture.publish(alert);
        Browser ann = fixture.signedIn("ann", Role.ANALYST);

        Browser.Reply reply =
                ann.submit(
                        "/alerts/ack",
                        "_csrf",
                        ann.csrf(),
                        "one",
                        alert.id(),
                        "back",
                        "/alerts?severity=medium");
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Location")).isEqualTo("/alerts?severity=medium");
        assertThat(ann.get("/alerts?status=acknowledged").body()).contains("Ack by ann");
    }

    @Test
    void aChangeNeedsTheTokenOfTheSessionAndTheRole() {
        Event alert = alert("ET SCAN something", 47);
        fixture.publish(alert);
        Browser ann = fixture.signedIn("ann", Role.ANALYST);
        assertThat(ann.submit("/alerts/ack", "alert", alert.id()).status()).isEqualTo(403);

        Browser vic = fixture.signedIn("vic", Role.VIEWER);
        Browser.Reply refused = vic.press("/alerts/ack", "alert", alert.id());
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body())
                .startsWith("<div")
                .contains("toast")
                .contains("viewer may not do this");
        assertThat(vic.get("/alerts").body())
                .doesNotContain("Acknowledge selected")
                .doesNotContain("data-triage=\"yes\"");
    }

    @Test
    void signingOutEndsTheSession() {
        Browser ann = fixture.signedIn("ann", Role.VIEWER);
        assertThat(ann.submit("/logout", "_csrf", ann.csrf()).header("Location"))
                .isEqualTo("/login");
        assertThat(ann.get("/").status()).isEqualTo(303);
    }

    @Test
    void thePasswordIsChangedByAFormThatSaysWhatIsWrong() {
        Browser ann = fixture.signedIn("ann", Role.VIEWER);
        String token = ann.csrf();
        String good = "another long enough password";
        assertThat(change(ann, token, DashboardFixture.PASSWORD, good, good + "x").body())
                .contains("The two new passwords differ.");
        assertThat(change(ann, token, "wrong", good, good).body())
                .contains("The current password is wrong.");
        assertThat(change(ann, token, DashboardFixture.PASSWORD, "short", "short").status())
                .isEqualTo(400);
        Browser.Reply done = change(ann, token, DashboardFixture.PASSWORD, good, good);
        assertThat(done.header("Location")).isEqualTo("/account?changed");
        assertThat(ann.get("/account?changed").body()).contains("The password is changed.");
    }

    private static Browser.Reply change(
            Browser browser, String token, String current, String fresh, String again) {
        return browser.submit(
                "/account/password",
                "_csrf",
                token,
                "current",
                current,
                "new",
                fresh,
                "again",
                again);
    }

    @Test
    void theChosenThemeIsInThePageFromTheStart() {
        Browser browser = fixture.browser();
        assertThat(browser.get("/login").body()).doesNotContain("data-theme");
        assertThat(browser.cookie("ns-theme", "dark").get("/login").body())
                .contains("data-theme=\"dark\"");
        assertThat(browser.cookie("ns-theme", "\"><b>").get("/login").body())
                .doesNotContain("data-theme");
    }

    @Test
    void assetsMayBeKeptForGoodAndAreCompressed() {
        Browser browser = fixture.browser();
        Matcher style =
                Pattern.compile("href=\"(/assets/[0-9a-f]+/app\\.css)\"")
                        .matcher(browser.get("/login").body());
        assertThat(style.find()).isTrue();
        Browser.Reply plain = browser.get(style.group(1));
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.header("Cache-Control")).contains("immutable");
        Browser.Reply gzip = browser.get(style.group(1), "Accept-Encoding: gzip");
        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.length()).isLessThan(plain.length() / 2);
    }

    @Test
    void hostileTextIsInertOnEveryPage() {
        String evil =
                "<script>alert(1)</script>\" onmouseover='x' __${7*7}__ [[${7*7}]] \u202Egnp.exe \u0000";
        Event.Builder event =
                alert(evil, 99).toBuilder().put(Fields.RAW, evil).put("ns.<b>odd", evil);
        for (String path :
                new String[] {
                    Fields.OBSERVER_NAME,
                    Fields.SOURCE_IP,
                    Fields.DESTINATION_IP,
                    Fields.RULE_ID,
                    Fields.RULE_CATEGORY,
                    Fields.MESSAGE,
                    Fields.USER_AGENT_ORIGINAL,
                    Fields.NS_SCORE_WHY,
                    Fields.SOURCE_GEO_COUNTRY_ISO_CODE,
                    Fields.NETWORK_PROTOCOL,
                    Fields.NS_PAYLOAD_PRINTABLE
                }) {
            event.put(path, evil);
        }
        Event alert = event.remove(Fields.NS_PAYLOAD).build();
        fixture.publish(alert);
        Browser ann = fixture.signedIn("ann", Role.ANALYST);
        for (String path :
                new String[] {
                    "/",
                    "/alerts",
                    "/alerts?q=%3Cscript%3E",
                    "/alerts/" + alert.id(),
                    "/alerts?alert=" + alert.id()
                }) {
            String body = ann.get(path).body();
            assertThat(body).as(path).contains("&lt;script&gt;");
            assertThat(body)
                    .as(path)
                    .doesNotContain("<script>")
                    .doesNotContain("<b>odd")
                    .doesNotContain("onmouseover='");
            assertThat(body)
                    .as(path)
                    .doesNotContain("\u202E")
                    .doesNotContain("\u0000")
                    .doesNotContain(" 49");
        }
    }

    @Test
    void theMethodsGiveTheSameFiguresAsThePages() {
        fixture.publish(alert("ET SCAN something", 47), alert("ET EXPLOIT something", 99));
        var answer = Board.of(fixture.services()).overview(viewer(""), TimeRange.MINUTES_15);
        assertThat(answer.get("open").longValue()).isEqualTo(2);
        assertThat(answer.get("hot").booleanValue()).isTrue();
        assertThat(answer.at("/severities/medium").longValue()).isEqualTo(1);
        assertThat(answer.at("/parts/kpis").textValue())
                .startsWith("<section")
                .contains("Open critical");
        assertThat(answer.at("/timeline/counts/4")).anyMatch(count -> count.longValue() == 1);
        assertThat(answer.at("/timeline/offset").longValue()).isEqualTo(2);
    }

    @Test
    void figuresAreOfTheRowsThatMayBeSeen() {
        fixture.publish(
                alert("ET SCAN something", 47),
                alert("ET EXPLOIT something", 99).toBuilder()
                        .put(Fields.SOURCE_IP, "203.0.113.9")
                        .build());
        Board board = Board.of(fixture.services());
        var all = board.overview(viewer(""), TimeRange.MINUTES_15);
        var some = board.overview(viewer("source.ip = 198.51.100.7"), TimeRange.MINUTES_15);
        assertThat(all.get("open").longValue()).isEqualTo(2);
        assertThat(some.get("open").longValue()).isEqualTo(1);
        assertThat(some.get("hot").booleanValue()).isFalse();
        assertThat(some.at("/timeline/counts/4")).allMatch(count -> count.longValue() == 0);
        assertThat(some.at("/timeline/counts/2")).anyMatch(count -> count.longValue() == 1);
        assertThat(board.pulse(viewer("source.ip = 192.0.2.1")).get("open").longValue()).isZero();
    }

    private static Identity viewer(String rows) {
        return new Identity(
                "vera",
                Role.VIEWER,
                Identity.Kind.TOKEN,
                "t-vera",
                List.of(),
                rows.isEmpty() ? Optional.empty() : Optional.of(Filter.parse(rows)),
                Optional.empty());
    }

    private static Event alert(String name, int score) {
        return Event.builder()
                .timestamp(Instant.now())
                .put(Fields.EVENT_KIND, "alert")
                .put(Fields.RULE_NAME, name)
                .put(Fields.SOURCE_IP, "198.51.100.7")
                .put(Fields.SOURCE_PORT, 4_444)
                .put(Fields.NS_PAYLOAD, "R0VUIC8gSFRUUC8xLjENCg==")
                .put(Fields.NS_SCORE, score)
                .build();
    }
}

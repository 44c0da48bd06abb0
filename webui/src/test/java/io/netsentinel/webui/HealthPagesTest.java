package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Auth;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Channel;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.EventLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of threat scores and of health.
final class HealthPagesTest {
    private static final String EVIL = "<script>alert(1)</script>\u202E";

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
    void withoutAnythingEachTableSaysWhatComesIntoIt() {
        Browser browser = fixture.signedIn("vera", Role.VIEWER);
        assertThat(browser.get("/health").body())
                .contains("No sensor has sent an event yet")
                .contains("No model has told of itself")
                .contains("Nothing has changed");
        assertThat(browser.get("/scores").body()).contains("No score");
    }

    @Test
    void ofEachModelTheNewestIsShownAndOfHealthWhatChanged() {
        fixture.publishOn(
                Channel.ML,
                model("flows", "progress").put("ns.ml.progress", 0.25).build(),
                model("flows", "metrics")
                        .put(
                                "ns.ml.metrics",
                                List.of(
                                        Map.of("name", "auc", "value", 0.93),
                                        Map.of("name", "loss", "value", 0.11)))
                        .build(),
                model("other", "failed").put("ns.ml.message", EVIL).build());
        fixture.publishOn(
                Channel.SYSTEM,
                event("netsentinel.health")
                        .put("ns.health.state", "dropping")
                        .put(Fields.MESSAGE, "sensor dmz loses packets")
                        .build(),
                event("suricata.stats").put(Fields.MESSAGE, "sensor statistics").build());

        String page = fixture.signedIn("vera", Role.VIEWER).get("/health").body();

        assertThat(page)
                .contains("2 models", "auc 0.93, loss 0.11", "sensor dmz loses packets")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("25 %", "sensor statistics", EVIL)
                .contains("1 change<")
                .contains("data-follows=\"system ml\"")
                .contains(
                        "data-filter=\"event.dataset = netsentinel.health or event.dataset = netsentinel.ml\"");
    }

    @Test
    void whoeverDidNotLookAtAllSaysHowFarAndNotThatNothingHasChanged() {
        fixture.publishOn(Channel.SYSTEM, event("netsentinel.health").build());
        Event[] many =
                Collections.nCopies(500, event("suricata.stats").build()).toArray(Event[]::new);
        // a page of the history looks at 10,000
        for (int batch = 0; batch < 21; batch++) {
            fixture.publishOn(Channel.SYSTEM, many);
        }

        Sheet hurried = changes(Duration.ZERO);
        assertThat(hurried.lines()).isEmpty();
        assertThat(hurried.sub()).startsWith("0 changes, looked back to 20");
        assertThat(hurried.none()).isEqualTo("No change found");

        Sheet patient = changes(Duration.ofMinutes(5));
        assertThat(patient.lines()).hasSize(1);
        assertThat(patient.sub()).isEqualTo("1 change");
    }

    private Sheet changes(Duration budget) {
        RecentEvents recent =
                new RecentEvents(
                        fixture.services().get(Hub.class),
                        fixture.services().get(EventLog.class),
                        Instant::now,
                        budget);
        return new HealthSheets(fixture.services(), recent).changes(Samples.admin());
    }

    @Test
    void aScoreIsShownWithTheRulesItIsMadeOf() {
        fixture.publish(
                event("suricata.alert")
                        .put(Fields.ID, "01M8M85YF5JPQY1Z6KTP7NC1C2")
                        .put(Fields.EVENT_KIND, "alert")
                        .put(Fields.RULE_NAME, "ET EXPLOIT Something")
                        .put(Fields.SOURCE_IP, "203.0.113.9")
                        .put(Fields.DESTINATION_IP, "10.0.0.10")
                        .put(Fields.NS_SCORE, 73L)
                        .build());
        Browser browser = fixture.signedIn("vera", Role.VIEWER);
        Instant patience = Instant.now().plusSeconds(20);
        String page = browser.get("/scores").body();
        while (!page.contains("ET EXPLOIT") && Instant.now().isBefore(patience)) {
            page = browser.get("/scores").body();
        }
        assertThat(page).contains("ET EXPLOIT Something (", "data-follows=\"metrics\"");
        assertThat(browser.get("/scores?format=csv").body())
                .startsWith("Name,Score,Severity,Rules that weigh most,Newest");
    }

    @Test
    void scoresAreOfferedOnlyToThoseWhoMaySeeThem() {
        Browser browser = fixture.browser();
        String all = bearer("all", List.of());
        String some = bearer("some", List.of(ChannelPattern.of("alerts")));

        assertThat(browser.get("/scores", all).status()).isEqualTo(200);
        assertThat(browser.get("/health", all).body()).contains("href=\"/scores\"");
        assertThat(browser.get("/wall", all).body()).contains("value=\"/scores\"");
        assertThat(browser.get("/scores", some).status()).isEqualTo(403);
        assertThat(browser.get("/health", some).body())
                .contains("href=\"/map\"")
                .doesNotContain("/scores");
        assertThat(browser.get("/wall", some).body())
                .contains("value=\"/map\"")
                .doesNotContain("/scores");
    }

    /// The header of a viewer of some channels.
    private String bearer(String name, List<ChannelPattern> channels) {
        return "Authorization: Bearer "
                + fixture.services()
                        .get(Auth.class)
                        .tokens()
                        .issue(name, Role.VIEWER, channels, Duration.ofHours(1))
                        .jwt();
    }

    private static Event.Builder model(String name, String state) {
        return event("netsentinel.ml").put("ns.ml.model", name).put("ns.ml.state", state);
    }

    private static Event.Builder event(String dataset) {
        return Event.builder().timestamp(Instant.now()).put(Fields.EVENT_DATASET, dataset);
    }
}

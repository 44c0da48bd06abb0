package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.auth.Identity;
import io.netsentinel.auth.Role;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentQuery;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.events.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentPagesTest {
    private static final Identity ANN =
            new Identity(
                    "ann",
                    Role.ANALYST,
                    Identity.Kind.TOKEN,
                    "t",
                    List.of(),
                    Optional.empty(),
                    Optional.empty());

    @TempDir private Path directory;

    private DashboardFixture fixture;
    private String id = "";

    @BeforeEach
    void start() {
        fixture = DashboardFixture.open(directory);
        fixture.publish(alert("a", "<script>alert(1)</script>"), alert("b", "Second thing"));
        long end = System.nanoTime() + 20_000_000_000L;
        while (list().isEmpty() || list().getFirst().members() < 2) {
            assertThat(System.nanoTime()).as("an incident comes within 20 s").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
        id = list().getFirst().id();
    }

    private List<Incident> list() {
        return fixture.incidents().list(ANN, IncidentQuery.open(10)).incidents();
    }

    private static Event alert(String id, String rule) {
        return Event.builder()
                .put("id", id)
                .put("@timestamp", "2026-06-01T12:00:00Z")
                .put("event.kind", "alert")
                .put("source.ip", "203.0.113.1")
                .put("destination.ip", "10.0.0.1")
                .put("rule.id", id)
                .put("rule.name", rule)
                .put("threat.tactic.id", List.of("TA0001"))
                .put("ns.score", 90)
                .build();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void theListAndThePageAreCompleteAndEscapeWhatCameFromOutside() {
        Browser viewer = fixture.signedIn("vera", Role.VIEWER);

        Browser.Reply page = viewer.get("/incidents");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("href=\"/incidents/" + id)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;: 203.0.113.1 → 10.0.0.1")
                .doesNotContain("<script>alert");
        Browser.Reply one = viewer.get("/incidents/" + id);
        assertThat(one.status()).isEqualTo(200);
        assertThat(one.body())
                .contains("Initial access")
                .contains("href=\"/alerts/b\"")
                .doesNotContain("another incident")
                .doesNotContain("action=\"/incidents/status\"")
                .doesNotContain("<script>alert");
        assertThat(viewer.get("/incidents/nothing").status()).isEqualTo(404);
    }

    @Test
    void anAnalystWorksOnItWithoutJavaScriptAndTheSecondIsTold() {
        Browser ann = fixture.signedIn("annie", Role.ANALYST);
        ann.get("/incidents/" + id);

        Browser.Reply sent =
                ann.submit(
                        "/incidents/status",
                        "_csrf",
                        ann.csrf(),
                        "incident",
                        id,
                        "version",
                        "0",
                        "status",
                        "triaged",
                        "back",
                        "/incidents/" + id);

        assertThat(sent.status()).isEqualTo(303);
        Incident incident = fixture.incidents().find(ANN, id).orElseThrow();
        assertThat(incident.status()).isEqualTo(IncidentStatus.TRIAGED);
        assertThat(ann.get("/incidents/" + id).body())
                .contains("made it triaged")
                .contains("Contain");
        ann.submit(
                "/incidents/status",
                "_csrf",
                ann.csrf(),
                "incident",
                id,
                "version",
                "0",
                "status",
                "contained",
                "back",
                "/incidents/" + id);
        assertThat(fixture.incidents().find(ANN, id).orElseThrow().status())
                .isEqualTo(IncidentStatus.TRIAGED);
    }

    @Test
    void aViewerChangesNothing() {
        Browser viewer = fixture.signedIn("vera", Role.VIEWER);

        assertThat(
                        viewer.submit("/incidents/note", "incident", id, "note", "x", "back", "/")
                                .status())
                .isEqualTo(403);
    }
}

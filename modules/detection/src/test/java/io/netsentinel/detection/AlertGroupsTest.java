package io.netsentinel.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Event;
import io.netsentinel.events.Filter;
import io.netsentinel.events.Severity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertGroupsTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

    @TempDir private Path directory;

    private AlertsFixture fixture;

    @BeforeEach
    void open() {
        fixture = AlertsFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aGroupHasItsCountItsWorstItsFirstAndItsLast() {
        fixture.publish(
                alert("Scan", 20, 0),
                alert("Scan", 99, 60),
                alert("Scan", 20, 30),
                alert("Login", 47, 40));
        AlertGroups groups = groups(AlertQuery.newest(1), GroupBy.SIGNATURE);
        assertThat(groups.total()).isEqualTo(2);
        assertThat(groups.alerts()).isEqualTo(4);
        assertThat(groups.since()).isEmpty();
        AlertGroup scan = groups.groups().getFirst();
        assertThat(scan.count()).isEqualTo(3);
        assertThat(scan.highest()).isEqualTo(Severity.CRITICAL);
        assertThat(scan.first()).isEqualTo(NOON);
        assertThat(scan.last()).isEqualTo(NOON.plusSeconds(60));
        assertThat(scan.newest().event().timestamp()).isEqualTo(scan.last());
    }

    @Test
    void aTrendDividesTheTimeThatWasAskedFor() {
        fixture.publish(alert("Scan", 47, 0), alert("Scan", 47, 1), alert("Scan", 47, 239));
        AlertQuery query = AlertQuery.newest(1).withRange(NOON, NOON.plusSeconds(240));
        List<Integer> trend = groups(query, GroupBy.SIGNATURE).groups().getFirst().trend();
        assertThat(trend).hasSize(AlertGroups.PARTS);
        assertThat(trend.getFirst()).isEqualTo(2);
        assertThat(trend.getLast()).isEqualTo(1);
        assertThat(trend.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
    }

    @Test
    void theFilterOfAGroupFindsItsAlertsAndNoOthers() {
        fixture.publish(
                alert("with \"quotes\" and \\", 47, 0),
                alert("", 47, 1).toBuilder().put("message", "no rule at all").build(),
                alert("", 47, 2).toBuilder().put("message", "another").build(),
                alert("Scan", 47, 3).toBuilder().put("rule.id", "7").build(),
                alert("Scan", 47, 4),
                alert("Scan", 47, 5).toBuilder().put("rule.id", "").build(),
                alert("", 47, 6).toBuilder().put("event.action", "no rule at all").build(),
                alert("", 47, 7).toBuilder()
                        .put("message", "third")
                        .put("event.action", "no rule at all")
                        .build());
        for (GroupBy by : GroupBy.values()) {
            AlertGroups groups = groups(AlertQuery.newest(1), by);
            for (AlertGroup group : groups.groups()) {
                Filter filter = Filter.parse(group.filter().orElseThrow());
                AlertQuery found = AlertQuery.newest(500).withFilters(List.of(filter::test));
                assertThat(fixture.alerts().list(AlertsFixture.analyst("ann"), found).alerts())
                        .as("%s", group.filter())
                        .hasSize(group.count());
            }
        }
        assertThat(groups(AlertQuery.newest(1), GroupBy.SIGNATURE).total()).isEqualTo(8);
    }

    @Test
    void aGroupThatAFilterCannotSayHasNoneAndIsAcknowledgedAloneByItsKey() {
        String endless = "x".repeat(600);
        fixture.publish(
                alert("", 47, 0).toBuilder().put("message", endless).build(),
                alert("", 47, 1).toBuilder().put("message", "short").build(),
                alert("Scan", 47, 2).toBuilder().put("observer.name", endless).build(),
                alert("Scan", 47, 3).toBuilder().put("observer.name", List.of("a", "b")).build(),
                alert("Scan", 47, 4).toBuilder().put("observer.name", "a,b").build(),
                alert("Scan", 47, 5).toBuilder().put("observer.name", "a").build());
        acknowledgeEach(GroupBy.SIGNATURE, 3, 1);
        acknowledgeEach(GroupBy.SENSOR, 5, 2);
    }

    private void acknowledgeEach(GroupBy by, int count, int withoutFilter) {
        List<AlertGroup> groups = groups(AlertQuery.newest(1), by).groups();
        assertThat(groups).hasSize(count);
        assertThat(groups.stream().filter(group -> group.filter().isEmpty()))
                .hasSize(withoutFilter);
        for (AlertGroup group : groups) {
            List<String> ids =
                    fixture
                            .alerts()
                            .acknowledgeMatching(
                                    AlertsFixture.analyst("ann"),
                                    AlertQuery.newest(1).withFilters(List.of(by.of(group.key()))),
                                    group.seen(),
                                    "")
                            .changed()
                            .stream()
                            .map(TriageResult.Changed::id)
                            .toList();
            assertThat(ids).hasSize(group.count()).contains(group.newest().id());
            fixture.alerts().change(AlertsFixture.analyst("ann"), Action.UNACK, ids, "");
        }
    }

    @Test
    void whoeverMaySeeOnlySomeGetsGroupsOfThose() {
        fixture.publish(
                alert("Scan", 47, 0),
                alert("Scan", 47, 1).toBuilder().put("source.ip", "10.0.0.1").build());
        AlertGroups some =
                fixture.alerts()
                        .groups(
                                AlertsFixture.analyst("ann", Filter.parse("source.ip = 10.0.0.1")),
                                AlertQuery.newest(1),
                                GroupBy.SIGNATURE);
        assertThat(some.alerts()).isEqualTo(1);
    }

    @Test
    void acknowledgingAMatchLeavesWhatWasCommittedLaterOpen() {
        fixture.publish(alert("Scan", 47, 0), alert("Login", 47, 1));
        AlertGroup scan =
                groups(AlertQuery.newest(1).withText("scan"), GroupBy.SIGNATURE)
                        .groups()
                        .getFirst();
        fixture.publishLaterThan(scan.seen(), alert("Scan", 47, 2));
        Filter filter = Filter.parse(scan.filter().orElseThrow());
        TriageResult result =
                fixture.alerts()
                        .acknowledgeMatching(
                                AlertsFixture.analyst("ann"),
                                AlertQuery.newest(1).withFilters(List.of(filter::test)),
                                scan.seen(),
                                "");
        assertThat(result.changed()).hasSize(1);
        AlertQuery open = AlertQuery.newest(1).withStatuses(Set.of(Status.OPEN));
        assertThat(groups(open, GroupBy.SIGNATURE).alerts()).isEqualTo(2);
        assertThat(
                        fixture.alerts()
                                .acknowledgeMatching(
                                        AlertsFixture.analyst("ann"),
                                        AlertQuery.newest(1)
                                                .withStatuses(Set.of(Status.ACKNOWLEDGED)),
                                        Long.MAX_VALUE,
                                        "")
                                .changed())
                .isEmpty();
    }

    private AlertGroups groups(AlertQuery query, GroupBy by) {
        return fixture.alerts().groups(AlertsFixture.analyst("ann"), query, by);
    }

    private static Event alert(String name, int score, int second) {
        Event.Builder event =
                Event.builder()
                        .timestamp(NOON.plusSeconds(second))
                        .put("event.kind", "alert")
                        .put("source.ip", "192.0.2.7")
                        .put("ns.score", score)
                        .put("ns.severity", Severity.ofScore(score).text());
        return (name.isEmpty() ? event : event.put("rule.name", name)).build();
    }
}

package io.netsentinel.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.auth.Identity;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Filter;
import io.netsentinel.events.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
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
    void alertsAreListedNewestFirstByEventTimeNotByArrival() {
        fixture.publish(alert("late", 47, 20), alert("early", 47, 10), alert("middle", 47, 15));

        assertThat(names(AlertQuery.newest(10))).containsExactly("late", "middle", "early");
    }

    @Test
    void aSensorClockThatRunsAheadDoesNotPinItsAlertToTheTopForEver() {
        Instant future = Instant.now().plus(Duration.ofDays(3_000));
        fixture.publish(alert("future", 47, 0).toBuilder().timestamp(future).build());

        AlertQuery comingHour =
                AlertQuery.newest(10)
                        .withRange(
                                Instant.now().minusSeconds(60), Instant.now().plusSeconds(3_600));
        assertThat(names(comingHour)).containsExactly("future");
    }

    @Test
    void aListBySeverityShowsCriticalFirstAndNewestFirstWithin() {
        fixture.publish(
                alert("low", 21, 50),
                alert("critical-old", 99, 10),
                alert("critical-new", 99, 20),
                alert("high", 73, 30));

        assertThat(names(AlertQuery.newest(10).withSort(AlertQuery.Sort.SEVERITY)))
                .containsExactly("critical-new", "critical-old", "high", "low");
    }

    @Test
    void whatARuleOfTheHouseSuppressedIsNotOpenAndCanBeReopened() {
        Event suppressed =
                alert("noise", 99, 10).toBuilder()
                        .put(Fields.NS_HOUSE_ACTION, "suppress")
                        .put(Fields.NS_HOUSE_RULE, "01RULE")
                        .put(Fields.NS_HOUSE_REASON, "our scanner")
                        .build();
        Event escalated =
                alert("jewel", 99, 20).toBuilder()
                        .put(Fields.NS_HOUSE_ACTION, "escalate")
                        .put(Fields.NS_HOUSE_RULE, "01OTHER")
                        .build();
        fixture.publish(suppressed, escalated, alert("plain", 99, 30));
        AlertQuery all = AlertQuery.newest(10);

        assertThat(names(all)).containsExactly("plain", "jewel", "noise");
        assertThat(names(all.withStatuses(Set.of(Status.OPEN)))).containsExactly("plain");
        assertThat(names(all.withStatuses(Set.of(Status.ESCALATED)))).containsExactly("jewel");
        assertThat(fixture.alerts().open().total()).isEqualTo(2);
        Alert noise =
                fixture.alerts().find(AlertsFixture.analyst("ann"), suppressed.id()).orElseThrow();
        assertThat(noise.status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(noise.history().getFirst().action()).isEqualTo("suppress");
        assertThat(noise.history().getFirst().user()).isEqualTo("rule 01RULE");
        assertThat(noise.history().getFirst().note()).isEqualTo("our scanner");
        fixture.alerts()
                .change(
                        AlertsFixture.analyst("ann"),
                        Action.UNACK,
                        List.of(suppressed.id()),
                        "not noise");
        assertThat(fixture.alerts().open().total()).isEqualTo(3);
        assertThat(names(all.withStatuses(Set.of(Status.OPEN)))).containsExactly("plain", "noise");
    }

    @Test
    void severitiesRangeTextAndFilterNarrowTheList() {
        fixture.publish(alert("one", 99, 10), alert("two", 47, 20), alert("three", 21, 30));
        AlertQuery all = AlertQuery.newest(10);

        assertThat(names(all.withSeverities(Set.of(Severity.CRITICAL, Severity.LOW))))
                .containsExactly("three", "one");
        assertThat(names(all.withRange(NOON.plusSeconds(20), NOON.plusSeconds(30))))
                .containsExactly("two");
        assertThat(names(all.withText("TWO"))).containsExactly("two");
        assertThat(names(all.withFilters(List.of(Filter.parse("severity >= medium")::test))))
                .containsExactly("two", "one");
    }

    @Test
    void pagesCoverEveryAlertOnceInBothOrders() {
        List<Event> many = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            many.add(alert("a" + i, List.of(99, 73, 47, 21).get(i % 4), i / 3));
        }
        fixture.publish(many.toArray(Event[]::new));

        for (AlertQuery.Sort sort : AlertQuery.Sort.values()) {
            assertThat(allPages(AlertQuery.newest(37).withSort(sort)))
                    .hasSize(600)
                    .doesNotHaveDuplicates();
            assertThat(
                            allPages(
                                    AlertQuery.newest(37)
                                            .withSort(sort)
                                            .withSeverities(Set.of(Severity.HIGH, Severity.LOW))))
                    .hasSize(300)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void acknowledgingChangesStatusHistoryAndCountsAndIsAnEventOnTheChannel() {
        fixture.publish(alert("one", 99, 10), alert("two", 99, 20));
        String id = fixture.id("one");

        TriageResult result =
                fixture.alerts()
                        .change(
                                AlertsFixture.analyst("ann"),
                                Action.ACK,
                                List.of(id),
                                "known scanner");

        assertThat(result.changed())
                .containsExactly(new TriageResult.Changed(id, Status.OPEN, Status.ACKNOWLEDGED, 1));
        Alert alert = fixture.alerts().find(AlertsFixture.analyst("ann"), id).orElseThrow();
        assertThat(alert.status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(alert.history())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.user()).isEqualTo("ann");
                    assertThat(change.note()).isEqualTo("known scanner");
                    assertThat(change.version()).isEqualTo(1);
                });
        assertThat(fixture.alerts().open().of(Severity.CRITICAL)).isEqualTo(1);
        assertThat(names(AlertQuery.newest(10).withStatuses(Set.of(Status.ACKNOWLEDGED))))
                .containsExactly("one");
        assertThat(names(AlertQuery.newest(10).withStatuses(Set.of(Status.OPEN))))
                .containsExactly("two");

        Event state = fixture.last(Channel.ALERTS);
        assertThat(state.kind()).isEqualTo("state");
        assertThat(state.text("ns.change.id")).isEqualTo(id);
        assertThat(state.text("ns.change.action")).isEqualTo("ack");
        assertThat(state.text("source.ip")).isEqualTo("192.0.2.7");
        assertThat(state.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(fixture.last(Channel.THREATS)).isEqualTo(state);
    }

    @Test
    void whoeverComesSecondIsToldWhoWasFirst() {
        fixture.publish(alert("one", 99, 10));
        String id = fixture.id("one");
        fixture.alerts().change(AlertsFixture.analyst("ann"), Action.ACK, List.of(id), "");

        TriageResult second =
                fixture.alerts().change(AlertsFixture.analyst("bob"), Action.ACK, List.of(id), "");

        assertThat(second.changed()).isEmpty();
        assertThat(second.conflicts())
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.user()).isEqualTo("ann");
                    assertThat(conflict.message()).contains("ann was first");
                });
    }

    @Test
    void ofManyWhoAcknowledgeAtOnceExactlyOneIsFirst() throws Exception {
        fixture.publish(alert("one", 99, 10));
        String id = fixture.id("one");
        List<Callable<TriageResult>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String name = "user" + i;
            all.add(() ->
                    fixture.alerts()
                            .change(AlertsFixture.analyst(name), Action.ACK, List.of(id), ""));
        }

        int first = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<TriageResult> result : threads.invokeAll(all)) {
                first += result.get().changed().size();
            }
        }
        assertThat(first).isEqualTo(1);
        assertThat(fixture.alerts().find(AlertsFixture.analyst("ann"), id).orElseThrow().version())
                .isEqualTo(1);
    }

    @Test
    void undoOpensAgainEscalateAndNotesAreKeptInOrder() {
        fixture.publish(alert("one", 47, 10));
        String id = fixture.id("one");
        fixture.change(Action.ACK, id, "");
        fixture.change(Action.UNACK, id, "");
        fixture.change(Action.ESCALATE, id, "please look");
        fixture.change(Action.NOTE, id, "looking");

        Alert alert = fixture.alerts().find(AlertsFixture.analyst("ann"), id).orElseThrow();
        assertThat(alert.status()).isEqualTo(Status.ESCALATED);
        assertThat(alert.history())
                .extracting(Change::action)
                .containsExactly("ack", "unack", "escalate", "note");
        assertThat(alert.history()).extracting(Change::version).containsExactly(1, 2, 3, 4);
        assertThat(fixture.alerts().open().total()).isEqualTo(1);
    }

    @Test
    void anUnknownIdDoesNotStopTheOthers() {
        fixture.publish(alert("one", 47, 10));

        TriageResult result =
                fixture.alerts()
                        .change(
                                AlertsFixture.analyst("ann"),
                                Action.ACK,
                                List.of("nobody", fixture.id("one")),
                                "");

        assertThat(result.unknown()).containsExactly("nobody");
        assertThat(result.changed()).hasSize(1);
    }

    @Test
    void anEmptyNoteAndTooLongOnesAreRefusedByName() {
        assertThatThrownBy(() -> fixture.change(Action.NOTE, "x", " "))
                .hasMessageContaining("note");
        assertThatThrownBy(() -> fixture.change(Action.ACK, "x", "n".repeat(2_001)))
                .hasMessageContaining("2001");
    }

    @Test
    void acknowledgingByFilterLeavesLaterAlertsOpen() {
        fixture.publish(alert("old", 47, 10), alert("other", 99, 10));
        long until =
                fixture.alerts()
                        .find(AlertsFixture.analyst("ann"), fixture.id("old"))
                        .orElseThrow()
                        .time();
        fixture.publishLaterThan(until, alert("new", 47, 30));

        TriageResult result =
                fixture.alerts()
                        .acknowledgeMatching(
                                AlertsFixture.analyst("ann"),
                                Filter.parse("severity == medium")::test,
                                until,
                                "");

        assertThat(result.changed()).hasSize(1);
        assertThat(names(AlertQuery.newest(9).withStatuses(Set.of(Status.OPEN))))
                .containsExactly("new", "other");
    }

    @Test
    void everythingIsThereAgainAfterARestart() {
        fixture.publish(alert("one", 99, 10), alert("two", 47, 20));
        String id = fixture.id("one");
        fixture.change(Action.ACK, id, "");
        fixture.close();
        fixture = AlertsFixture.open(directory);
        fixture.publish(alert("three", 47, 30));

        assertThat(names(AlertQuery.newest(10))).containsExactly("three", "two", "one");
        assertThat(fixture.alerts().find(AlertsFixture.analyst("ann"), id).orElseThrow().status())
                .isEqualTo(Status.ACKNOWLEDGED);
        assertThat(fixture.alerts().open().total()).isEqualTo(2);
    }

    @Test
    void timelinesCountBySeverityInNarrowAndWideBuckets() {
        fixture.publish(
                alert("a", 99, 5), alert("b", 47, 7), alert("c", 47, 25), alert("d", 21, 3_600));

        Timeline fine =
                fixture.alerts()
                        .timeline(
                                AlertsFixture.analyst("ann"),
                                NOON,
                                NOON.plusSeconds(30),
                                Duration.ofSeconds(10));
        assertThat(fine.buckets())
                .extracting(b -> b.of(Severity.MEDIUM))
                .containsExactly(1L, 0L, 1L);
        assertThat(fine.buckets())
                .extracting(b -> b.of(Severity.CRITICAL))
                .containsExactly(1L, 0L, 0L);
        Timeline wide =
                fixture.alerts()
                        .timeline(
                                AlertsFixture.analyst("ann"),
                                NOON,
                                NOON.plusSeconds(7_200),
                                Duration.ofHours(1));
        assertThat(wide.buckets()).extracting(b -> b.of(Severity.LOW)).containsExactly(0L, 1L);
        assertThat(wide.buckets()).extracting(b -> b.of(Severity.MEDIUM)).containsExactly(2L, 0L);
        assertThatThrownBy(() ->
                        fixture.alerts()
                                .timeline(
                                        AlertsFixture.analyst("ann"),
                                        NOON,
                                        NOON.plusSeconds(30),
                                        Duration.ofSeconds(7)))
                .hasMessageContaining("bucket");
    }

    @Test
    void whoMaySeeSomeRowsOnlyNeitherListsFindsNorChangesTheOthers() {
        fixture.publish(alert("one", 99, 10), alert("two", 47, 10));
        String hidden = fixture.id("one");
        Identity restricted = AlertsFixture.analyst("ann", Filter.parse("severity == medium"));

        assertThat(fixture.alerts().list(restricted, AlertQuery.newest(9)).alerts())
                .extracting(alert -> alert.event().text("rule.name"))
                .containsExactly("two");
        assertThat(fixture.alerts().find(restricted, hidden)).isEmpty();
        assertThat(fixture.alerts().change(restricted, Action.ACK, List.of(hidden), "").unknown())
                .containsExactly(hidden);
    }

    @Test
    void whatIsNoEventHasNoPlaceInTheList() {
        fixture.publishRaw("{\"hello\":1}");
        fixture.publish(alert("one", 47, 10));

        assertThat(names(AlertQuery.newest(10))).containsExactly("one");
    }

    @Test
    void anAlertIsFoundWithTheFieldsThatItsRowDoesNotHold() {
        fixture.publish(alert("one", 47, 10));

        assertThat(
                        fixture.alerts()
                                .find(AlertsFixture.analyst("ann"), fixture.id("one"))
                                .orElseThrow()
                                .event()
                                .text("raw"))
                .isEqualTo("the line");
        assertThat(fixture.alerts().find(AlertsFixture.analyst("ann"), "nobody")).isEmpty();
    }

    private static Event alert(String name, int score, int second) {
        return Event.builder()
                .timestamp(NOON.plusSeconds(second))
                .put("event.kind", "alert")
                .put("rule.name", name)
                .put("source.ip", "192.0.2.7")
                .put("ns.score", score)
                .put("ns.severity", Severity.ofScore(score).text())
                .put("raw", "the line")
                .build();
    }

    private List<String> names(AlertQuery query) {
        return fixture.alerts().list(AlertsFixture.analyst("ann"), query).alerts().stream()
                .map(alert -> alert.event().text("rule.name"))
                .toList();
    }

    private List<String> allPages(AlertQuery query) {
        List<String> ids = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            AlertPage page =
                    fixture.alerts()
                            .list(
                                    AlertsFixture.analyst("ann"),
                                    next.get().isEmpty() ? query : query.after(next.get()));
            page.alerts().forEach(alert -> ids.add(alert.id()));
            next = page.next();
        }
        return ids;
    }
}

package io.netsentinel.detection.incident;

import static io.netsentinel.detection.incident.IncidentsFixture.ANN;
import static io.netsentinel.detection.incident.IncidentsFixture.BOB;
import static io.netsentinel.detection.incident.IncidentsFixture.alert;
import static io.netsentinel.detection.incident.IncidentsFixture.await;
import static io.netsentinel.detection.incident.IncidentsFixture.exploit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentAction;
import io.netsentinel.detection.IncidentChange;
import io.netsentinel.detection.IncidentConflict;
import io.netsentinel.detection.IncidentQuery;
import io.netsentinel.detection.IncidentSettings;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.detection.Resolution;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Filter;
import io.netsentinel.queuing.Committed;
import io.netsentinel.queuing.Registration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTest {
    @TempDir private Path directory;

    private IncidentsFixture fixture;

    @BeforeEach
    void open() {
        fixture = IncidentsFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void reopen() {
        fixture.close();
        fixture = IncidentsFixture.open(directory);
    }

    @Test
    void whatSharesAHostWithinHalfAnHourIsOneIncident() {
        fixture.publish(
                exploit("a", 0, "203.0.113.1", "10.0.0.1"),
                exploit("b", 20, "10.0.0.1", "10.0.0.2"),
                alert("c", 25, "10.0.0.2", "10.0.0.9", "ET INFO Something", 21));

        Incident incident = fixture.one(3);

        assertThat(incident.title()).isEqualTo("Something bad: 203.0.113.1 → 10.0.0.1");
        assertThat(incident.status()).isEqualTo(IncidentStatus.NEW);
        assertThat(incident.score())
                .isEqualTo(
                        Math.round((88 + 88 / Math.pow(2, 1.5) + 21 / Math.pow(3, 1.5)) / 2.5924));
        assertThat(incident.tactics()).containsExactly("TA0001");
        assertThat(incident.hosts())
                .containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.9", "203.0.113.1");
        assertThat(incident.history()).extracting(IncidentChange::action).containsExactly("opened");
        assertThat(fixture.members(incident.id())).containsExactly("a", "b", "c");
    }

    @Test
    void whatLiesFurtherApartIsAnother() {
        fixture.publish(
                exploit("a", 0, "203.0.113.1", "10.0.0.1"),
                exploit("b", 31, "203.0.113.1", "10.0.0.1"));

        await(() -> fixture.all().size() == 2);
    }

    @Test
    void anAlertThatConnectsTwoIncidentsMakesThemOne() {
        fixture.publish(exploit("a", 0, "203.0.113.1", "10.0.0.1"));
        fixture.publish(exploit("b", 5, "203.0.113.2", "10.0.0.2"));
        await(() -> fixture.all().size() == 2);

        fixture.publish(exploit("c", 3, "10.0.0.1", "10.0.0.2"));

        Incident incident = fixture.one(3);
        assertThat(fixture.members(incident.id())).containsExactly("a", "b", "c");
    }

    @Test
    void weakAlertsAloneOpenNothingUntilTheyRepeat() {
        for (int i = 0; i < 19; i++) {
            fixture.publish(alert("p" + i, i, "10.0.0.5", "10.0.0.6", "GPL ICMP_PING ping", 18));
        }
        fixture.publish(exploit("z", 0, "10.9.9.9", "10.9.9.8"));
        fixture.one(1);

        fixture.publish(alert("p19", 19, "10.0.0.5", "10.0.0.6", "GPL ICMP_PING ping", 18));

        await(() -> fixture.all().size() == 2);
        assertThat(fixture.all()).anyMatch(incident -> incident.members() == 20);
    }

    @Test
    void reportsOfUseNeedAnotherRuleOnTheirFlow() {
        Event download =
                alert("d", 0, "203.0.113.1", "10.0.0.1", "ET POLICY PE EXE download", 62)
                        .toBuilder()
                        .put("flow.id", "7")
                        .build();
        Event hint =
                alert("h", 0, "203.0.113.1", "10.0.0.1", "ET HUNTING Dotted quad host", 19)
                        .toBuilder()
                        .put("flow.id", "7")
                        .build();
        fixture.publish(download, exploit("z", 0, "10.9.9.9", "10.9.9.8"));
        fixture.one(1);

        fixture.publish(hint);

        await(() -> fixture.all().size() == 2);
    }

    @Test
    void addressesThatStandForManyJoinNothing() {
        fixture.publish(
                exploit("a", 0, "10.0.0.1", "255.255.255.255"),
                exploit("b", 0, "10.0.0.2", "255.255.255.255"),
                exploit("c", 0, "127.0.0.1", "127.0.0.1"),
                exploit("d", 1, "127.0.0.1", "127.0.0.1"));

        await(() -> fixture.all().size() == 3);
    }

    @Test
    void aFindingOpensAnIncidentAndAnAlertsCopyOnThreatsCountsOnce() {
        Event finding =
                Event.builder()
                        .put("id", "f")
                        .timestamp(IncidentsFixture.NOON)
                        .put("event.kind", "alert")
                        .put("event.module", "netsentinel")
                        .put("event.dataset", "netsentinel.finding")
                        .put("rule.id", "ns.scan")
                        .put("rule.name", "Port scan")
                        .put("source.ip", "10.0.0.1")
                        .put("threat.tactic.id", List.of("TA0043"))
                        .put("threat.technique.id", List.of("T1046"))
                        .put("ns.score", 40)
                        .build();
        fixture.publish(finding, exploit("a", 1, "10.0.0.1", "10.0.0.2"));

        Incident incident = fixture.one(2);

        assertThat(incident.tactics()).containsExactly("TA0043", "TA0001");
        assertThat(incident.techniques()).containsExactly("T1046");
    }

    @Test
    void statesGoOnAndAConflictSaysWhoWasFirst() {
        fixture.publish(exploit("a", 0, "203.0.113.1", "10.0.0.1"));
        String id = fixture.one(1).id();

        Incident triaged = fixture.change(ANN, id, move(IncidentStatus.TRIAGED), "looks real");

        assertThat(triaged.version()).isEqualTo(1);
        assertThatThrownBy(() -> fixture.change(BOB, id, move(IncidentStatus.TRIAGED), ""))
                .isInstanceOf(IncidentConflict.class)
                .hasMessageContaining("triaged already: ann was first");
        assertThatThrownBy(() -> fixture.change(BOB, id, move(IncidentStatus.CLOSED), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resolution");
        Incident closed =
                fixture.change(
                        BOB,
                        id,
                        new IncidentAction.Move(
                                IncidentStatus.CLOSED, Optional.of(Resolution.TRUE_POSITIVE)),
                        "");
        assertThat(closed.resolution()).contains(Resolution.TRUE_POSITIVE);
        assertThat(closed.history())
                .extracting(IncidentChange::user)
                .containsExactly("", "ann", "bob");
        assertThat(fixture.log().state(Channel.INCIDENTS).orElseThrow().tail()).isEqualTo(3);
    }

    @Test
    void twoWhoTakeItAtOnceAreToldWhoWasFirst() {
        fixture.publish(exploit("a", 0, "203.0.113.1", "10.0.0.1"));
        String id = fixture.one(1).id();

        List<CompletableFuture<Incident>> both =
                List.of(ANN, BOB).stream()
                        .map(who ->
                                CompletableFuture.supplyAsync(() ->
                                        fixture.incidents()
                                                .change(
                                                        who,
                                                        id,
                                                        new IncidentAction.Assign(who.user()),
                                                        "",
                                                        OptionalInt.of(0))
                                                .orElseThrow()))
                        .toList();
        both.forEach(each -> each.handle((_, _) -> true).join());

        assertThat(both).filteredOn(CompletableFuture::isCompletedExceptionally).hasSize(1);
        String owner = fixture.one(1).owner();
        assertThat(owner).isIn("ann", "bob");
        both.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .forEach(each ->
                        assertThat(each.exceptionNow()).hasMessageContaining(owner + " was first"));
    }

    @Test
    void whoIsToldOfAChangeAndAsksAtOnceSeesIt() throws InterruptedException {
        fixture.publish(exploit("a", 0, "203.0.113.1", "10.0.0.1"));
        String id = fixture.one(1).id();
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (Registration _ = fixture.log().onCommit(committed -> tell(committed, told))) {
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> {
                        for (int i = 0; i < 200; i++) {
                            fixture.change(ANN, id, new IncidentAction.Note(), "note " + i);
                        }
                    });
            for (int version = 1; version <= 200; version++) {
                assertThat(told.poll(20, TimeUnit.SECONDS)).isNotNull();
                assertThat(fixture.incidents().find(BOB, id).orElseThrow().version())
                        .isGreaterThanOrEqualTo(version);
            }
            writing.join();
        }
    }

    private static void tell(Committed committed, BlockingQueue<String> told) {
        committed.batches().stream()
                .filter(batch -> batch.channel().equals(Channel.INCIDENTS))
                .forEach(batch -> told.add(batch.channel()));
    }

    @Test
    void everythingIsThereAfterARestartAndNothingCountsTwice() {
        fixture.publish(
                alert("w", 0, "10.0.0.1", "10.0.0.7", "ET WEB_SERVER weak", 20),
                exploit("a", 1, "203.0.113.1", "10.0.0.1"));
        String id = fixture.one(2).id();
        fixture.change(ANN, id, new IncidentAction.Note(), "first note");

        reopen();

        assertThat(fixture.one(2).history())
                .extracting(IncidentChange::note)
                .containsExactly("", "first note");
        fixture.publish(exploit("b", 2, "203.0.113.1", "10.0.0.1"));
        assertThat(fixture.one(3).version()).isEqualTo(1);
    }

    @Test
    void aFalseAlarmStaysClosedAndWhatIsNewOpensAnother() {
        fixture.publish(exploit("a", 0, "203.0.113.1", "10.0.0.1"));
        String id = fixture.one(1).id();
        fixture.change(
                ANN,
                id,
                new IncidentAction.Move(
                        IncidentStatus.CLOSED, Optional.of(Resolution.FALSE_POSITIVE)),
                "our scanner");

        fixture.publish(exploit("b", 1, "203.0.113.1", "10.0.0.1"));
        assertThat(fixture.one(2).status()).isEqualTo(IncidentStatus.CLOSED);
        fixture.publish(alert("c", 2, "203.0.113.1", "10.0.0.1", "ET TROJAN Other", 80));

        await(() -> fixture.all().size() == 2);
        assertThat(fixture.all()).anyMatch(incident -> incident.related().equals(id));
    }

    @Test
    void peopleMergeAndSplit() {
        fixture.publish(
                exploit("a", 0, "203.0.113.1", "10.0.0.1"),
                exploit("b", 1, "203.0.113.1", "10.0.0.1"),
                exploit("c", 0, "203.0.113.9", "10.0.0.9"));
        await(() -> fixture.all().size() == 2);
        String big = id(2);
        String small = id(1);

        fixture.change(ANN, big, new IncidentAction.Merge(List.of(small)), "same campaign");

        Incident merged = fixture.one(3);
        assertThat(merged.id()).isEqualTo(big);
        assertThat(fixture.members(big)).containsExactly("a", "b", "c");
        assertThat(fixture.incidents().find(ANN, small).orElseThrow().mergedInto()).isEqualTo(big);
        assertThatThrownBy(() -> fixture.change(BOB, small, move(IncidentStatus.TRIAGED), ""))
                .isInstanceOf(IncidentConflict.class)
                .hasMessageContaining("is part of " + big);

        Incident left =
                fixture.change(ANN, big, new IncidentAction.Split(List.of("c")), "not the same");

        assertThat(left.members()).isEqualTo(2);
        assertThat(fixture.members(big)).containsExactly("a", "b");
        await(() -> fixture.all().size() == 2);
        String apart = id(1);
        assertThat(fixture.members(apart)).containsExactly("c");
        assertThat(fixture.incidents().find(ANN, apart).orElseThrow().related()).isEqualTo(big);
        fixture.publish(exploit("d", 2, "203.0.113.9", "10.0.0.9"));
        await(() -> fixture.members(apart).equals(List.of("c", "d")));
    }

    @Test
    void narrowedRowsShowWhatIsVisibleAsAWhole() {
        fixture.publish(
                exploit("a", 0, "203.0.113.1", "10.0.0.1"),
                exploit("b", 0, "203.0.113.2", "10.0.0.2"),
                exploit("c", 0, "203.0.113.2", "192.168.0.2"));
        await(() -> fixture.all().size() == 2);
        Identity narrow =
                IncidentsFixture.identity(
                        "eve", Optional.of(Filter.parse("destination.ip in 10.0.0.0/8")));

        assertThat(fixture.incidents().list(narrow, IncidentQuery.open(10)).incidents())
                .extracting(Incident::title)
                .containsExactly("Something bad: 203.0.113.1 → 10.0.0.1");
        assertThat(fixture.incidents().find(narrow, id(2))).isEmpty();
        assertThat(narrow.maySubscribe(Channel.INCIDENTS)).isFalse();
        assertThat(narrow.mayReadIncidents()).isTrue();
    }

    @Test
    void aFloodFillsOneIncidentWithKeptAndCountedMembers() {
        List<Event> flood = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            flood.add(exploit("f" + i, i % 20, "10.1." + i / 250 + "." + i % 250, "10.0.0.1"));
        }
        fixture.publish(flood);

        Incident incident = fixture.one(3_000);

        assertThat(fixture.members(incident.id())).hasSize(Kept.MOST_MEMBERS);
        assertThat(incident.hosts()).hasSize(50);
    }

    @Test
    void forgedAddressesFillNoMoreThanTheMostOpenIncidents() {
        fixture.close();
        IncidentSettings few = new IncidentSettings(Duration.ofMinutes(30), 48, 20, 3, List.of());
        fixture = IncidentsFixture.open(directory.resolve("few"), few);
        List<Event> forged = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            forged.add(exploit("x" + i, i % 20, "10.5.0." + i, "10.6.0." + i));
        }

        fixture.publish(forged);

        await(() -> fixture.all().stream().mapToLong(Incident::members).sum() == 200);
        assertThat(fixture.all())
                .extracting(Incident::members)
                .containsExactlyInAnyOrder(1L, 1L, 1L, 197L);
    }

    private String id(long members) {
        return fixture.all().stream()
                .filter(incident -> incident.members() == members)
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static IncidentAction move(IncidentStatus status) {
        return new IncidentAction.Move(status, Optional.empty());
    }
}

package io.netsentinel.detection.finding;

import static io.netsentinel.detection.finding.Traffic.ftpRefusal;
import static io.netsentinel.detection.finding.Traffic.question;
import static io.netsentinel.detection.finding.Traffic.unanswered;
import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.detection.AnomalySettings;
import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.Indicators;
import io.netsentinel.detection.RuleSettings;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.detection.spi.Findings;
import io.netsentinel.detection.spi.Sighting;
import io.netsentinel.events.Cidr;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.LogRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DetectorsTest {
    private static final String HOST = "10.0.0.7";
    private static final String SERVER = "192.0.2.1";
    private static final DetectionSettings DEFAULTS = DetectionSettings.defaults();

    private long offset;

    @Test
    void fifteenUnansweredPortsInFiveMinutesAreAScanAndFourteenAreNot() {
        assertThat(find(ports(14, 20))).isEmpty();

        Event scan = find(ports(15, 20)).getFirst();

        assertThat(scan.text(Fields.RULE_ID)).isEqualTo("ns.scan");
        assertThat(scan.text(Fields.SOURCE_IP)).isEqualTo(HOST);
        assertThat(scan.score()).isEqualTo(73);
        assertThat(scan.number("ns.finding.count", 0)).isEqualTo(15);
        assertThat(scan.timestamp()).isEqualTo(Traffic.START.plusSeconds(14 * 20));
        assertThat(scan.value("ns.finding.evidence").orElseThrow())
                .isEqualTo(
                        Stream.iterate(1, i -> i + 1).limit(15).map(i -> "network:" + i).toList());
    }

    @Test
    void fifteenUnansweredPortsInAQuarterOfAnHourAreNone() {
        assertThat(find(ports(15, 60))).isEmpty();
    }

    @Test
    void aConnectionThatIsTriedAgainIsOneTarget() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.add(unanswered(i, HOST, SERVER, 443));
        }
        assertThat(find(events)).isEmpty();
    }

    @Test
    void aScanThatGoesOnIsOneFindingAndOneAfterAPauseIsAnother() {
        List<Event> events = ports(500, 10);
        assertThat(find(events)).hasSize(1);

        for (int i = 0; i < 20; i++) {
            events.add(unanswered(10_000 + i, HOST, SERVER, 5_000 + i));
        }
        assertThat(find(events)).hasSize(2);
    }

    @Test
    void whatIsAnsweredWithAResetIsTriedInVainToo() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            events.add(
                    Traffic.flow(i, HOST, "10.0.0." + (100 + i), 22, "tcp")
                            .put(Fields.SOURCE_PACKETS, 1L)
                            .put(Fields.DESTINATION_PACKETS, 1L)
                            .put(Fields.NS_TCP_FLAGS, "16")
                            .build());
        }
        assertThat(find(events)).hasSize(1);
    }

    @Test
    void zeeksWordForItIsBelieved() {
        List<Event> refused = new ArrayList<>();
        List<Event> made = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            refused.add(zeek(i, i % 2 == 0 ? "S0" : "REJ"));
            made.add(zeek(i, "SF"));
        }
        assertThat(find(refused)).hasSize(1);
        assertThat(find(made)).isEmpty();
    }

    @Test
    void aServerThatOnlyAsksForANameRefusesNobody() {
        List<Event> asking = new ArrayList<>();
        List<Event> refusing = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            asking.add(unauthorized(i).build());
            refusing.add(unauthorized(i).put(Fields.USER_NAME, "root").build());
        }
        assertThat(find(asking)).isEmpty();
        assertThat(find(refusing)).hasSize(1);
    }

    private static Event zeek(int second, String state) {
        return Traffic.base(second, "zeek.conn", HOST, "10.0.0." + (100 + second), 22)
                .put(Fields.NETWORK_TRANSPORT, "tcp")
                .put(Fields.NS_FLOW_STATE, state)
                .build();
    }

    private static Event.Builder unauthorized(int second) {
        return Traffic.base(second, "zeek.http", HOST, SERVER, 80)
                .put(Fields.HTTP_RESPONSE_STATUS_CODE, 401L);
    }

    @Test
    void connectionsThatSayAnythingAreNoScan() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            events.add(
                    Traffic.flow(i, HOST, "10.0.0." + (100 + i), 443, "tcp")
                            .put(Fields.SOURCE_PACKETS, 10L)
                            .put(Fields.DESTINATION_PACKETS, 12L)
                            .put(Fields.NS_TCP_FLAGS, "1b")
                            .build());
        }
        assertThat(find(events)).isEmpty();
    }

    @Test
    void datagramsToManyHostsAreUsualAndToManyPortsOfOneHostAreAScan() {
        List<Event> hosts = new ArrayList<>();
        List<Event> ports = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            hosts.add(udp(i, "192.0.2." + (1 + i), 6_881));
            ports.add(udp(i, SERVER, 1_000 + i));
        }
        assertThat(find(hosts)).isEmpty();
        assertThat(find(ports)).hasSize(1);
    }

    @Test
    void tenRefusedPasswordsInAMinuteAreGuessingAndTenInTwoAreNot() {
        assertThat(find(refusals(10, 7))).isEmpty();

        Event guessing = find(refusals(10, 6)).getFirst();

        assertThat(guessing.text(Fields.RULE_ID)).isEqualTo("ns.brute-force");
        assertThat(guessing.text(Fields.NETWORK_PROTOCOL)).isEqualTo("ftp");
        assertThat(guessing.text(Fields.DESTINATION_IP)).isEqualTo(SERVER);
        assertThat(guessing.text(Fields.THREAT_TECHNIQUE_ID)).contains("T1110");
    }

    @Test
    void aLogThatSaysSoIsBelievedOfAnyService() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            events.add(
                    Traffic.base(i, "syslog.sshd", "203.0.113.9", "", 0)
                            .remove(Fields.DESTINATION_IP)
                            .put(Fields.EVENT_CATEGORY, List.of("authentication"))
                            .put(Fields.EVENT_OUTCOME, "failure")
                            .put("process.name", "sshd")
                            .build());
        }
        assertThat(find("logs", events))
                .extracting(event -> event.text(Fields.RULE_NAME))
                .containsExactly("Password guessing at sshd");
    }

    @Test
    void twentyLongNamesBelowOneDomainAreATunnelAndShortOnesAreNot() {
        List<Event> tunnel = new ArrayList<>();
        List<Event> short1 = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String label = "%02d".formatted(i);
            tunnel.add(question(i, HOST, "a".repeat(45) + label + ".t.example.co.uk"));
            short1.add(question(i, HOST, "www" + label + ".example.co.uk"));
        }
        assertThat(find(short1)).isEmpty();
        assertThat(find(tunnel))
                .extracting(event -> event.text(Fields.RULE_NAME))
                .containsExactly("DNS tunnel through example.co.uk");
    }

    @Test
    void manyShortNamesOfBeforeDoNotHideATunnel() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            events.add(question(i, HOST, "w" + i + ".tunnel.example"));
        }
        for (int i = 0; i < 20; i++) {
            events.add(question(2_000 + i, HOST, "c".repeat(45) + i + ".tunnel.example"));
        }
        assertThat(find(events)).hasSize(1);
    }

    @Test
    void theSameIsFoundInAnyOrderThatIsNotMoreThanAMinuteOff() {
        List<Event> all = new ArrayList<>(ports(40, 10));
        all.addAll(refusals(30, 5));
        for (int i = 0; i < 60; i++) {
            all.add(question(i * 4, HOST, "b".repeat(50) + i + ".tunnel.example"));
            all.add(unanswered(i * 30, "10.0.0.8", "192.0.2." + (i % 14), 80));
        }
        List<String> expected = keys(find(all));
        assertThat(expected).hasSize(3);
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Event> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, random);
            List<Long> delays = shuffled.stream().map(_ -> random.nextLong(60)).toList();
            List<Integer> order =
                    Stream.iterate(0, i -> i + 1)
                            .limit(shuffled.size())
                            .sorted((a, b) ->
                                    Long.compare(
                                            at(shuffled.get(a)) + delays.get(a) * 1_000,
                                            at(shuffled.get(b)) + delays.get(b) * 1_000))
                            .toList();
            assertThat(keys(find(order.stream().map(shuffled::get).toList())))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void nothingIsFoundOfASourceThatIsIgnored() {
        DetectionSettings ignoring =
                new DetectionSettings(
                        true,
                        15,
                        Duration.ofSeconds(300),
                        10,
                        Duration.ofSeconds(60),
                        20,
                        40,
                        Duration.ofSeconds(300),
                        Duration.ofMinutes(10),
                        1_000,
                        List.of(Cidr.parse("10.0.0.0/28").orElseThrow()),
                        RuleSettings.defaults(),
                        AnomalySettings.defaults(),
                        Indicators.none());
        assertThat(find(ignoring, "network", ports(20, 1))).isEmpty();
    }

    @Test
    void anAttackFromInventedAddressesTakesNoMoreAccountsThanAllowedAndIsReported() {
        ScanDetector scan =
                new ScanDetector(
                        new DetectionSettings(
                                true,
                                15,
                                Duration.ofSeconds(300),
                                10,
                                Duration.ofSeconds(60),
                                20,
                                40,
                                Duration.ofSeconds(300),
                                Duration.ofMinutes(10),
                                1_000,
                                List.of(),
                                RuleSettings.defaults(),
                                AnomalySettings.defaults(),
                                Indicators.none()));
        Panel panel = new Panel(DEFAULTS, List.of(scan), Clock.systemUTC());
        for (int i = 0; i < 10_000; i++) {
            String source = "11." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255);
            look(panel, "network", unanswered(0, source, SERVER, 80));
        }
        assertThat(scan.tracked()).isEqualTo(1_000);
        assertThat(scan.evicted()).isEqualTo(9_000);
    }

    @Test
    void aDetectorThatBreaksStopsNoOther() {
        Detector broken =
                new Detector() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public Set<String> channels() {
                        return Set.of("network");
                    }

                    @Override
                    public Set<String> fields() {
                        return Set.of();
                    }

                    @Override
                    public void see(Sighting sighting, Findings findings) {
                        throw new IllegalStateException("on purpose");
                    }

                    @Override
                    public int tracked() {
                        return 0;
                    }

                    @Override
                    public long evicted() {
                        return 0;
                    }
                };
        Panel panel =
                new Panel(DEFAULTS, List.of(broken, new ScanDetector(DEFAULTS)), Clock.systemUTC());
        ports(15, 1).forEach(event -> look(panel, "network", event));
        assertThat(panel.takeFindings()).hasSize(1);
        assertThat(panel.broken()).isEqualTo(15);
    }

    @Test
    void whatIsDatedLongBeforeTheNewestIsLate() {
        Clock later = Clock.fixed(Instant.parse("2100-01-01T00:00:00Z"), ZoneOffset.UTC);
        Panel panel = new Panel(DEFAULTS, List.of(new ScanDetector(DEFAULTS)), later);
        look(panel, "network", unanswered(1_000, HOST, SERVER, 80));
        look(panel, "network", unanswered(101, HOST, SERVER, 80));
        assertThat(panel.late()).isZero();

        look(panel, "network", unanswered(99, HOST, SERVER, 80));
        assertThat(panel.late()).isEqualTo(1);
    }

    private static Event udp(int second, String target, int port) {
        return Traffic.flow(second, HOST, target, port, "udp")
                .put(Fields.SOURCE_PACKETS, 1L)
                .put(Fields.DESTINATION_PACKETS, 0L)
                .build();
    }

    private static List<Event> ports(int count, int secondsApart) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(unanswered(i * secondsApart, HOST, SERVER, 1 + i));
        }
        return events;
    }

    private static List<Event> refusals(int count, int secondsApart) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(ftpRefusal(i * secondsApart, HOST, SERVER));
        }
        return events;
    }

    private List<Event> find(List<Event> events) {
        return find("network", events);
    }

    private List<Event> find(String channel, List<Event> events) {
        return find(DEFAULTS, channel, events);
    }

    private List<Event> find(DetectionSettings settings, String channel, List<Event> events) {
        Panel panel =
                new Panel(
                        settings,
                        Detectors.of(settings, List.of(), Clock.systemUTC()),
                        Clock.systemUTC());
        offset = 0;
        events.forEach(event -> look(panel, channel, event));
        return panel.takeFindings();
    }

    private void look(Panel panel, String channel, Event event) {
        panel.look(channel, new LogRecord(++offset, 0, 1, 0, event.toJson()));
    }

    private static long at(Event event) {
        return Sighting.of(event, "network", 0).at();
    }

    private static List<String> keys(List<Event> findings) {
        return findings.stream().map(event -> event.text(Fields.NS_DEDUP_KEY)).sorted().toList();
    }
}

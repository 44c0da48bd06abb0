package io.netsentinel.detection.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.Indicators;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.queuing.LogRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CountRulesTest {
    private static final String HOST = "10.0.0.7";
    private static final String SERVER = "10.0.0.9";
    private static final String OUTSIDE = "198.51.100.7";
    private static final DetectionSettings DEFAULTS = DetectionSettings.defaults();

    @Test
    void fivePortsOfAHostThatRefusedAreAProbeAndFourAreNone() {
        assertThat(find(refusals(4))).isEmpty();
        Event probe = find(refusals(5)).getFirst();
        assertThat(probe.text(Fields.RULE_ID)).isEqualTo("ns.port-probe");
        assertThat(probe.text(Fields.DESTINATION_IP)).isEqualTo(SERVER);
        assertThat(probe.score()).isEqualTo(51);
    }

    @Test
    void portsThatSayNothingAtAllAreNoProbe() {
        List<Event> silent = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            silent.add(Traffic.unanswered(i, HOST, SERVER, 1 + i));
        }
        assertThat(find(silent)).isEmpty();
    }

    @Test
    void twoHundredUnansweredConnectionsToOneServiceInAMinuteAreAFlood() {
        assertThat(find(knocks(199, 4))).isEmpty();
        assertThat(find(knocks(200, 2))).as("over more than a minute").isEmpty();
        assertThat(find(knocks(200, 4)))
                .extracting(event -> event.text(Fields.NS_DEDUP_KEY))
                .containsExactly("ns.flood|10.0.0.7 10.0.0.9 8080");
    }

    @Test
    void aMemberOfADomainSignsInOnceAndAnExploitOverAndOver() {
        assertThat(find(binds(9, "12345678-1234-abcd-ef00-01234567cffb"))).isEmpty();
        assertThat(find(binds(10, "e1af8308-5d1f-11c9-91a4-08002b14a0fa"))).isEmpty();
        Event finding = find(binds(10, "12345678-1234-abcd-ef00-01234567cffb")).getFirst();
        assertThat(finding.text(Fields.RULE_ID)).isEqualTo("ns.netlogon");
        assertThat(finding.text(Fields.THREAT_TECHNIQUE_ID)).contains("T1210");
    }

    @Test
    void threeServersWithMadeUpNamesAreTorAndOneIsNot() {
        List<Event> tor = new ArrayList<>();
        List<Event> one = new ArrayList<>();
        List<Event> named = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            tor.add(
                    tls(
                            i,
                            "198.51.100." + i,
                            "CN=www.a2b3c4d" + (i + 2) + ".net",
                            "CN=www.x7y6z5.com"));
            one.add(tls(i, OUTSIDE, "CN=www.a2b3c4d.net", "CN=www.x7y6z5.com"));
            named.add(tls(i, "198.51.100." + i, "CN=www.example.net", "C=US, O=DigiCert, CN=Root"));
        }
        assertThat(find(one)).isEmpty();
        assertThat(find(named)).isEmpty();
        assertThat(find(tor))
                .extracting(event -> event.text(Fields.RULE_NAME), Event::score)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Tor", 47));
    }

    @Test
    void anUploadIsToldWhenTheServerHasNoNameAndTheWebIsElsewhere() {
        assertThat(find(List.of(http(HOST, OUTSIDE, 7080, "GET", OUTSIDE)))).isEmpty();
        assertThat(find(List.of(http(HOST, OUTSIDE, 80, "POST", OUTSIDE)))).isEmpty();
        assertThat(find(List.of(http(HOST, OUTSIDE, 7080, "POST", "example.org")))).isEmpty();
        assertThat(find(List.of(http(HOST, SERVER, 7080, "POST", SERVER)))).isEmpty();
        assertThat(find(List.of(http(HOST, OUTSIDE, 7080, "POST", OUTSIDE)))).hasSize(1);
    }

    @Test
    void namesThatEndInNoDomainAreATunnelToo() {
        List<Event> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add(
                    Traffic.question(i, HOST, "x." + "ab".repeat(20) + "%04x.c2".formatted(i) + i));
        }
        assertThat(find(names))
                .extracting(event -> event.text(Fields.RULE_NAME))
                .containsExactly("DNS tunnel without a domain");
    }

    @Test
    void whatAListCallsBadIsToldOncePerHostAndName() {
        DetectionSettings settings =
                DEFAULTS.with(
                        Indicators.of(
                                List.of(
                                        "# bad",
                                        "Evil.example # since May",
                                        "198.51.100.0/24",
                                        "")));
        List<Event> events =
                List.of(
                        Traffic.question(0, HOST, "www.evil.example"),
                        Traffic.question(1, HOST, "evil.example."),
                        Traffic.question(2, HOST, "notevil.example"),
                        http("10.0.0.8", OUTSIDE, 80, "GET", "www.example.org"),
                        http(OUTSIDE, "10.0.0.6", 80, "GET", "www.example.org"));
        assertThat(find(settings, events))
                .extracting(event -> event.text(Fields.NS_DEDUP_KEY))
                .containsExactly(
                        "ns.indicator|10.0.0.7 evil.example",
                        "ns.indicator|10.0.0.8 198.51.100.0/24",
                        "ns.indicator|10.0.0.6 198.51.100.0/24");
        assertThatThrownBy(() -> Indicators.of(List.of("ok.example", "not a name")))
                .hasMessage("line 2 is no domain, address or range");
    }

    @Test
    void whatIsSwitchedOffDoesNotRun() {
        DetectionSettings settings = DEFAULTS.with(DEFAULTS.rules().without(Set.of("flood")));
        assertThat(find(settings, knocks(200, 4))).isEmpty();
    }

    private static List<Event> refusals(int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(
                    Traffic.flow(i, HOST, SERVER, 1 + i, "tcp")
                            .put(Fields.SOURCE_PACKETS, 1L)
                            .put(Fields.DESTINATION_PACKETS, 1L)
                            .put(Fields.NS_TCP_FLAGS, "16")
                            .build());
        }
        return events;
    }

    private static List<Event> knocks(int count, int aSecond) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(Traffic.unanswered(i / aSecond, HOST, SERVER, 8_080));
        }
        return events;
    }

    private static List<Event> binds(int count, String what) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(
                    Traffic.base(i, "suricata.dcerpc", HOST, SERVER, 49_668)
                            .put(Fields.EVENT_ACTION, "bind")
                            .put("ns.dcerpc.interfaces", List.of(what))
                            .build());
        }
        return events;
    }

    private static Event tls(int second, String server, String subject, String issuer) {
        return Traffic.base(second, "suricata.tls", HOST, server, 443)
                .put(Fields.TLS_SERVER_SUBJECT, subject)
                .put(Fields.TLS_SERVER_ISSUER, issuer)
                .build();
    }

    private static Event http(String source, String target, int port, String method, String name) {
        return Traffic.base(0, "suricata.http", source, target, port)
                .put(Fields.HTTP_REQUEST_METHOD, method)
                .put(Fields.URL_DOMAIN, name)
                .build();
    }

    private static List<Event> find(List<Event> events) {
        return find(DEFAULTS, events);
    }

    private static List<Event> find(DetectionSettings settings, List<Event> events) {
        Panel panel =
                new Panel(
                        settings,
                        Detectors.of(settings, List.of(), Clock.systemUTC()),
                        Clock.systemUTC());
        long offset = 0;
        for (Event event : events) {
            panel.look("network", new LogRecord(++offset, 0, 1, 0, event.toJson()));
        }
        return panel.takeFindings();
    }
}

package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.detection.TopologyEdge;
import io.netsentinel.detection.TopologyHost;
import io.netsentinel.detection.TopologyMap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopologyPartsTest {
    private static final Instant NOW = Instant.parse("2026-11-30T03:00:00Z");
    private static final TopologyView ALL = TopologyView.parse(_ -> Optional.empty(), NOW);

    @Test
    void theAddressReadsBackAsTheSameView() {
        Map<String, String> parameters =
                Map.of(
                        "at", "2026-11-30T01:00:00Z",
                        "than", "24h",
                        "network", "10.0.0.0/24",
                        "source", "10.0.0.7",
                        "destination", "2001:db8::1");
        TopologyView view =
                TopologyView.parse(name -> Optional.ofNullable(parameters.get(name)), NOW);
        assertThat(view.href())
                .isEqualTo(
                        "/topology?at=2026-11-30T01%3A00%3A00Z&than=24h&network=10.0.0.0%2F24&source=10.0.0.7&destination=2001%3Adb8%3A%3A1");
        assertThat(view.than().time()).isEqualTo(Duration.ofDays(1));
        assertThat(view.field()).isEqualTo("2026-11-30T01:00");
        assertThat(ALL.href()).isEqualTo("/topology");
    }

    @Test
    void whatIsNoPastMomentIsNow() {
        for (String at : new String[] {"", "tomorrow", "2030-01-01T00:00:00Z", "9".repeat(99)}) {
            assertThat(
                            TopologyView.parse(
                                            name -> Optional.of(name.equals("at") ? at : ""), NOW)
                                    .at())
                    .as(at)
                    .isEmpty();
        }
        assertThat(
                        TopologyView.parse(
                                        name ->
                                                Optional.of(
                                                        name.equals("at")
                                                                ? "2026-11-30T02:59:59"
                                                                : ""),
                                        NOW)
                                .at())
                .contains(NOW.minusSeconds(1));
    }

    @Test
    void ofFiftyThousandConnectionsAFewHundredAreDrawnAndItSaysSo() {
        List<TopologyHost> hosts = new ArrayList<>();
        List<TopologyEdge> edges = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            hosts.add(host("10." + i / 250 + "." + i % 250 + ".7"));
        }
        for (int i = 0; i < 50_000; i++) {
            edges.add(
                    edge(
                            hosts.get(i % 20_000).ip(),
                            hosts.get((i * 7 + 1) % 20_000).ip(),
                            NOW.minusSeconds(i)));
        }
        TopologyMap map = map(hosts, edges);
        TopologyHeat heat = heat();
        TopologyDrawing drawing = TopologyDrawing.of(map, TopologyChanges.NONE, heat, ALL);
        assertThat(drawing.hosts()).hasSizeLessThanOrEqualTo(400);
        assertThat(drawing.edges()).hasSizeBetween(100, 500);
        assertThat(drawing.edges().getFirst()).isEqualTo(edges.getFirst());
        assertThat(drawing.summary()).contains("of 20,000 hosts").contains("of 50,000 connections");
        String svg = TopologyPicture.draw(drawing, TopologyChanges.NONE, heat, ALL).html();
        assertThat(svg.length()).isLessThan(400_000);
        TopologyView opened = ALL.opened("10.79.249.7");
        assertThat(
                        TopologyDrawing.of(map, TopologyChanges.NONE, heat, opened)
                                .hosts()
                                .getFirst()
                                .ip())
                .isEqualTo("10.79.249.7");
    }

    @Test
    void whatIsNewAndWhatIsGoneIsSaidAndDrawn() {
        TopologyHost one = host("10.0.0.1");
        TopologyHost two = host("10.0.0.2");
        TopologyHost three = host("10.0.0.3");
        TopologyMap before = map(List.of(one, two), List.of(edge("10.0.0.1", "10.0.0.2", NOW)));
        TopologyMap after = map(List.of(one, three), List.of(edge("10.0.0.1", "10.0.0.3", NOW)));
        TopologyChanges changes = TopologyChanges.between(before, after);
        assertThat(changes.summary())
                .isEqualTo("1 new host, 1 gone, 1 new connection, 1 gone, 1 new service");
        TopologyDrawing drawing = TopologyDrawing.of(after, changes, heat(), ALL);
        String svg = TopologyPicture.draw(drawing, changes, heat(), ALL).html();
        assertThat(svg).contains("class='edge new'").contains("class='edge gone'");
        assertThat(svg).contains("class='host new'").contains("class='host gone'");
    }

    @Test
    void thePictureIsUsedFromTopToBottomAndAHostAmongTheOthersMovesNone() {
        List<TopologyHost> hosts = List.of(at("10.0.0.1", 0.1, 0.13), at("10.0.0.2", 0.9, 0.66));
        TopologyScale scale = TopologyScale.of(hosts);
        assertThat(scale).isEqualTo(new TopologyScale(0.0625, 0.9375, 0.125, 0.6875));
        assertThat(scale.y(hosts.getFirst())).isBetween(30, 60);
        assertThat(scale.y(hosts.getLast())).isBetween(700, 770);
        List<TopologyHost> more = new ArrayList<>(hosts);
        more.add(at("10.0.0.3", 0.93, 0.68));
        assertThat(TopologyScale.of(more)).isEqualTo(scale);
    }

    @Test
    void oneNetworkAloneIsNotBlownUpAndStaysInThePicture() {
        for (double place : new double[] {0, 0.03, 0.5, 0.97, 1}) {
            TopologyHost host = at("10.0.0.1", place, place);
            TopologyScale scale = TopologyScale.of(List.of(host));
            assertThat(scale.right() - scale.left()).isEqualTo(0.5);
            assertThat(scale.bottom() - scale.top()).isEqualTo(0.5);
            assertThat(scale.x(host)).isBetween(40, 1_560);
            assertThat(scale.y(host)).isBetween(30, 770);
        }
        assertThat(TopologyScale.of(List.of())).isEqualTo(new TopologyScale(0, 1, 0, 1));
    }

    private static TopologyHost at(String ip, double x, double y) {
        TopologyHost host = host(ip);
        return new TopologyHost(
                ip, true, "client", host.cluster(), x, y, NOW, NOW, 1, 1, List.of());
    }

    @Test
    void aHostThatIsNotThereOpensNothing() {
        TopologyMap map = map(List.of(host("10.0.0.1")), List.of());
        assertThat(TopologyDetail.of(map, TopologyChanges.NONE, heat(), ALL.opened("10.9.9.9")))
                .isEmpty();
        assertThat(TopologyDetail.of(map, TopologyChanges.NONE, heat(), ALL.opened("a", "b")))
                .isEmpty();
        assertThat(TopologyDetail.of(map, TopologyChanges.NONE, heat(), ALL)).isEmpty();
    }

    private static TopologyHeat heat() {
        return TopologyHeat.none();
    }

    private static TopologyMap map(List<TopologyHost> hosts, List<TopologyEdge> edges) {
        return new TopologyMap(
                NOW,
                Optional.of(NOW),
                Optional.empty(),
                hosts,
                edges,
                new TopologyMap.Size(hosts.size(), edges.size()),
                new TopologyMap.Lost(0, 0, 0));
    }

    private static TopologyHost host(String ip) {
        return new TopologyHost(
                ip,
                true,
                "client",
                ip.substring(0, ip.lastIndexOf('.')) + ".0/24",
                0.5,
                0.5,
                NOW,
                NOW,
                1,
                1,
                List.of(new TopologyHost.Service("tcp", 22, "ssh", NOW, NOW, 1, 1)));
    }

    private static TopologyEdge edge(String source, String destination, Instant last) {
        return new TopologyEdge(source, destination, NOW, last, 1, 1, 1, List.of("ssh"));
    }
}

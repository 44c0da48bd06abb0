package io.netsentinel.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.events.Event;
import io.netsentinel.integrations.eve.EveNormalizer;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Made-up lines of Suricata: of ten five flows, three queries and two alerts, among few inner and
/// many outer addresses. The same in every run.
public final class Sample {
    private static final int LINES = 1_000;

    private Sample() {}

    /// The lines.
    public static List<byte[]> lines() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            int kind = i % 10;
            lines.add(line(random, kind).getBytes(UTF_8));
        }
        return lines;
    }

    /// The events that the server makes of them.
    public static List<Event> events() {
        Normalizer eve = new EveNormalizer();
        LineContext context = LineContext.of("bench", Instant.parse("2026-06-01T12:00:00Z"));
        return lines().stream()
                .map(line -> (Normalized.Accepted) eve.normalize(line, 0, line.length, context))
                .map(accepted -> accepted.events().getFirst().event())
                .toList();
    }

    /// The alerts among them.
    public static List<Event> alerts() {
        return events().stream().filter(event -> event.kind().equals("alert")).toList();
    }

    private static String line(RandomGenerator random, int kind) {
        String head =
                """
                {"timestamp":"2026-06-01T12:%02d:%02d.%06d+0000","flow_id":%d,"in_iface":"eth1","event_type":"%s",\
                "src_ip":"10.1.%d.%d","src_port":%d,"dest_ip":"%d.%d.%d.%d","dest_port":%d,"proto":"TCP",\
                "community_id":"1:jmnRGHcgwHXGnqseW/6fkiVUCDM=",\
                """
                        .formatted(
                                random.nextInt(60),
                                random.nextInt(60),
                                random.nextInt(1_000_000),
                                random.nextLong(1L << 50),
                                kind < 5 ? "flow" : kind < 8 ? "dns" : "alert",
                                random.nextInt(4),
                                random.nextInt(250),
                                random.nextInt(1_024, 65_536),
                                random.nextInt(1, 224),
                                random.nextInt(256),
                                random.nextInt(256),
                                random.nextInt(256),
                                kind < 8 ? 443 : 80);
        return head
                + switch (kind) {
                    case 0, 1, 2, 3, 4 ->
                            """
                            "app_proto":"tls","flow":{"pkts_toserver":%d,"pkts_toclient":%d,"bytes_toserver":%d,"bytes_toclient":%d,\
                            "start":"2026-06-01T11:59:00.000000+0000","end":"2026-06-01T12:00:00.000000+0000","age":60,"state":"closed",\
                            "reason":"timeout","alerted":false},"tcp":{"tcp_flags":"1b","syn":true,"fin":true,"psh":true,"ack":true,"state":"closed"}}\
                            """
                                    .formatted(
                                            random.nextInt(100),
                                            random.nextInt(100),
                                            random.nextInt(100_000),
                                            random.nextInt(1_000_000));
                    case 5, 6, 7 ->
                            """
                            "dns":{"type":"query","id":%d,"rrname":"host-%d.example.com","rrtype":"A","tx_id":0}}\
                            """
                                    .formatted(random.nextInt(65_536), random.nextInt(1_000));
                    default ->
                            """
                            "alert":{"action":"allowed","gid":1,"signature_id":%d,"rev":3,"signature":"ET SCAN Made up signature number %d",\
                            "category":"Attempted Information Leak","severity":2,"metadata":{"signature_severity":["Major"],"confidence":["Medium"],\
                            "mitre_tactic_id":["TA0043"],"mitre_technique_id":["T1595"]}},"http":{"hostname":"www.example.com",\
                            "url":"/index.php?id=%d%%27","http_user_agent":"Mozilla/5.0 (\\"made up\\")","http_method":"GET","protocol":"HTTP/1.1",\
                            "status":404,"length":512},"app_proto":"http"}\
                            """
                                    .formatted(
                                            2_000_000 + random.nextInt(60),
                                            random.nextInt(60),
                                            random.nextInt(10_000));
                };
    }
}

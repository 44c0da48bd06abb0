package io.netsentinel.channels;

import io.netsentinel.events.Projection;
import io.netsentinel.queuing.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Measures what it costs to write an event in each format, once for a view, and how many bytes it
/// takes; run by hand: `FormatsBenchmark [file with an event on each line]`. Asserts nothing.
final class FormatsBenchmark {
    private static final int EVENTS = 400;
    private static final int ROUNDS = 300;
    private static final List<String> FIELDS =
            List.of("@timestamp", "source.ip", "destination.ip", "event.severity", "rule.name");

    private final List<LogRecord> records = new ArrayList<>();

    private FormatsBenchmark(List<byte[]> payloads) {
        for (int i = 0; i < EVENTS; i++) {
            byte[] payload = payloads.get(i % payloads.size());
            records.add(new LogRecord(1_000_000 + i, 1_764_403_200_000L + i, 1, 0, payload));
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<byte[]> payloads =
                arguments.length > 0
                        ? Files.readAllLines(Path.of(arguments[0])).stream()
                                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                                .toList()
                        : synthetic();
        new FormatsBenchmark(payloads).run();
    }

    private void run() {
        long bytes = records.stream().mapToLong(one -> one.payload().length).sum();
        System.out.printf("%d events of %d bytes%n", EVENTS, bytes / EVENTS);
        List<byte[]> json = measure("json", () -> frames(Shape.plain()));
        measure("msgpack", () -> frames(Shape.plain().in(Encoding.MSGPACK)));
        Shape some = Shape.plain().withFields(Projection.of(FIELDS));
        measure("json, 5 fields", () -> frames(some));
        measure("msgpack, 5 fields", () -> frames(some.in(Encoding.MSGPACK)));
        List<byte[]> packed = frames(Shape.plain().in(Encoding.MSGPACK));
        for (int level : new int[] {1, 2, 3, 4, 6, 9}) {
            measure("+ gzip " + level, () -> each(json, level));
        }
        measure("+ gzip of msgpack", () -> each(packed, Gzip.LEVEL));
        measure(
                "+ base64 after gzip",
                () -> each(json, Gzip.LEVEL).stream().map(Base64.getEncoder()::encode).toList());
        for (int size : new int[] {512, 1_024, 2_048, 4_096, 16_384}) {
            byte[] head = head(json, size);
            System.out.printf(
                    "a frame of %,6d bytes: %,5d with gzip %d%n",
                    head.length, Gzip.of(head).length, Gzip.LEVEL);
        }
    }

    private static byte[] head(List<byte[]> frames, int size) {
        byte[] frame = frames.getFirst();
        return java.util.Arrays.copyOf(frame, Math.min(size, frame.length));
    }

    private static List<byte[]> each(List<byte[]> frames, int level) {
        return frames.stream().map(frame -> Gzip.of(frame, level)).toList();
    }

    /// All events in frames, as a view with many subscribers makes them.
    private List<byte[]> frames(Shape shape) {
        Ranges<RawBatch> source = new Ranges<>(new Budget(Long.MAX_VALUE), RawBatch.NONE);
        source.hold(RawBatch.of(records), Lane.NEW);
        ViewKey key =
                ViewKey.of(
                        new SubscriptionRequest(
                                "alerts",
                                "alerts",
                                new Where.Tail(),
                                Selection.all(),
                                Selection.all(),
                                "json",
                                shape));
        Encoder encoder = new Encoder(key, new JsonCodec());
        List<byte[]> frames = new ArrayList<>();
        long at = records.getFirst().offset() - 1;
        while (at < records.getLast().offset()) {
            EncodedBatch batch = encoder.encode(source, at, at, Long.MAX_VALUE, Encoder.FRAME);
            frames.add(batch.events(0, batch.size()).bytes());
            at = batch.to();
        }
        return frames;
    }

    private static List<byte[]> measure(String name, Supplier<List<byte[]>> work) {
        long best = Long.MAX_VALUE;
        List<byte[]> frames = List.of();
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            frames = work.get();
            best = Math.min(best, System.nanoTime() - start);
        }
        long bytes = frames.stream().mapToLong(one -> one.length).sum();
        System.out.printf(
                "%-20s %6.2f us and %5d bytes an event%n",
                name, best / 1e3 / EVENTS, bytes / EVENTS);
        return frames;
    }

    /// Events like those of an IDS: few signatures and inner addresses, many outer ones.
    private static List<byte[]> synthetic() {
        Random random = new Random(1);
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            int rule = random.nextInt(60);
            String json =
                    """
                    {"@timestamp":"2026-11-01T12:%02d:%02d.%06dZ","id":"01JBK%021d","destination":{"ip":"10.1.%d.%d","port":%d},\
                    "event":{"action":"allowed","category":"intrusion_detection","dataset":"suricata.alert","kind":"alert",\
                    "module":"suricata","severity":%d,"risk_score_norm":%d},"flow":{"id":"%d"},"network":{"community_id":"1:%s=",\
                    "protocol":"http","transport":"tcp","type":"ipv4"},"observer":{"name":"sensor-1","type":"ids",\
                    "ingress":{"interface":{"name":"eth1"}}},"rule":{"category":"Attempted Information Leak","id":"20%05d",\
                    "name":"ET SCAN Example signature number %d of many","ruleset":"et/open"},"source":{"ip":"%d.%d.%d.%d",\
                    "port":%d,"geo":{"country_iso_code":"%s"}},"ns":{"severity":"high","ports":[80,443,8080]}}\
                    """
                            .formatted(
                                    random.nextInt(60),
                                    random.nextInt(60),
                                    random.nextInt(1_000_000),
                                    random.nextLong(Long.MAX_VALUE),
                                    random.nextInt(4),
                                    random.nextInt(250),
                                    List.of(80, 443, 22, 3389).get(random.nextInt(4)),
                                    1 + rule % 3,
                                    random.nextInt(100),
                                    random.nextLong(Long.MAX_VALUE),
                                    community(random),
                                    rule,
                                    rule,
                                    random.nextInt(223),
                                    random.nextInt(256),
                                    random.nextInt(256),
                                    random.nextInt(256),
                                    1_024 + random.nextInt(60_000),
                                    List.of("DE", "CN", "US", "NL").get(random.nextInt(4)));
            payloads.add(json.getBytes(StandardCharsets.UTF_8));
        }
        return payloads;
    }

    private static String community(Random random) {
        byte[] hash = new byte[20];
        random.nextBytes(hash);
        return Base64.getEncoder().encodeToString(hash).replace("=", "");
    }
}

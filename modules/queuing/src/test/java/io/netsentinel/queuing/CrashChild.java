package io.netsentinel.queuing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Run as a process of its own and killed: appends without end and notes in a ledger what was
/// acknowledged.
final class CrashChild {

    static final int PRODUCERS = 4;
    static final LogSettings SETTINGS =
            Logs.settings()
                    .withSegments(3_000, 64 << 20, Duration.ofDays(1))
                    .withGroups(200, Duration.ofMillis(1));

    private CrashChild() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        EventLog log = EventLog.open(directory, SETTINGS);
        try (FileOutputStream ledger = new FileOutputStream(arguments[1], true)) {
            List<Thread> producers =
                    java.util.stream.IntStream.range(0, PRODUCERS)
                            .mapToObj(p -> Thread.ofPlatform().start(() -> produce(log, p, ledger)))
                            .toList();
            for (Thread producer : producers) {
                producer.join();
            }
        }
    }

    /// Goes on after its bookmark; everything is sent twice under the same key, as a client does
    /// that lost the answer.
    private static void produce(EventLog log, int producer, FileOutputStream ledger) {
        String source = "p" + producer;
        long next =
                log.bookmark(source).map(b -> Long.parseLong(new String(b, UTF_8))).orElse(0L) + 1;
        while (true) {
            String text = source + "/" + next;
            Append append =
                    new Append(
                            List.of(Logs.entry("alerts", text), Logs.entry("threats", text)),
                            List.of(new Bookmark(source, Long.toString(next).getBytes(UTF_8))),
                            Optional.of(new IdempotencyKey("crash", text)));
            Position position = log.append(append).join().positions().getFirst();
            note(ledger, position.offset() + " " + text + "\n");
            if (next % 10 == 0) {
                log.append(append).join();
            }
            next++;
        }
    }

    private static void note(FileOutputStream ledger, String line) {
        synchronized (ledger) {
            try {
                ledger.write(line.getBytes(UTF_8));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}

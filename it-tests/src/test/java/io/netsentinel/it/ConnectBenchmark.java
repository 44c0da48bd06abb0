package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How fast very many clients get in, and what each costs while nothing happens, beside Undertow in
/// the same run. Ours signs in each by its token and subscribes it; the other only shakes hands.
///
/// Needs 11,000 open files for each of two processes (`ulimit -n`).
/// `-Dnetsentinel.connect.clients=N` takes another number.
@Tag("long")
final class ConnectBenchmark {
    private static final int CLIENTS = Integer.getInteger("netsentinel.connect.clients", 9_000);
    private static final int FIRST = 1_000;
    private static final int ROUNDS = 4;

    @TempDir private Path folder;

    private record Seen(double perSecond, double kib, double base) {}

    @Test
    void clientsThatConnectAndDoNothing() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Seen ours;
        try (ServerProcess server = BenchServer.start(data)) {
            ours = measure(BenchServer.of(server, data));
        }
        Seen theirs;
        try (BenchServer.Reference reference = new BenchServer.Reference()) {
            theirs = measure(reference.target());
        }
        try (Results results = Results.of("connect")) {
            String reference = "Undertow";
            results.add("clients in", ours.perSecond(), "1/s", reference, theirs.perSecond());
            results.add("memory of an idle one", ours.kib(), "KiB", reference, theirs.kib());
            results.add("memory without any", ours.base(), "MiB", reference, theirs.base());
        }
    }

    /// The first round shows what memory they take, the last one the speed of compiled code.
    private static Seen measure(BenchServer server) throws IOException {
        double base = server.resident() / 1024.0 / 1024.0;
        server.subscribe(FIRST).close();
        double kib = 0;
        double perSecond = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = server.resident();
            long start = System.nanoTime();
            try (FanReceiver all = server.subscribe(CLIENTS)) {
                perSecond = CLIENTS * 1e9 / (System.nanoTime() - start);
                kib = round == 0 ? (server.resident() - before) / 1024.0 / CLIENTS : kib;
                assertThat(all.problem()).isEmpty();
            }
        }
        return new Seen(perSecond, kib, base);
    }
}

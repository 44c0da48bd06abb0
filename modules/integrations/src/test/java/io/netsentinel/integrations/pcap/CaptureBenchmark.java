package io.netsentinel.integrations.pcap;

import io.netsentinel.events.EventEncoder;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Routed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;

/// Measures how many megabytes of a capture a second are read, decoded and put into flows, with and
/// without an event for each packet. Not a test: it is started by hand and ends after about a
/// minute.
///
/// Packets are of the sizes of usual traffic: 40 % acknowledgements, 45 % full ones, the rest in
/// between; 780 bytes on average, of 20,000 flows at a time.
public final class CaptureBenchmark implements CaptureSink {
    private static final int MEGABYTES = 256;
    private static final int FLOWS = 20_000;
    private static final int ROUNDS = 5;

    private final LineContext context = LineContext.of("bench", Instant.now());
    private final EventEncoder encoder = new EventEncoder();
    private long events;
    private long json;

    private CaptureBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        byte[] file = file();
        for (boolean packets : new boolean[] {false, true}) {
            for (int round = 0; round < ROUNDS; round++) {
                CaptureBenchmark bench = new CaptureBenchmark();
                long start = onProcessor();
                long count = bench.read(file, packets);
                double seconds = (onProcessor() - start) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "%s: %.0f MB/s, %,.0f packets/s, %,d events, %d MB of JSON%n",
                        packets ? "packets and flows" : "flows only",
                        file.length / 1e6 / seconds,
                        count / seconds,
                        bench.events,
                        bench.json >> 20);
            }
        }
    }

    /// Nanoseconds this thread has spent on a processor: others may be busy too.
    private static long onProcessor() throws IOException {
        String text = Files.readString(Path.of("/proc/thread-self/schedstat"));
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    private static byte[] file() {
        Random random = new Random(1);
        CaptureFile file = CaptureFile.pcap(1);
        long time = 1_780_315_200_000_000_000L;
        long size = 0;
        for (int i = 0; size < (long) MEGABYTES << 20; i++) {
            int flow = random.nextInt(FLOWS) + i / 50_000;
            boolean back = random.nextBoolean();
            String client = "10." + flow / 65_536 + "." + (flow >> 8 & 255) + "." + (flow & 255);
            String server = "192.0.2." + flow % 250;
            int port = 1_024 + flow % 60_000;
            byte[] frame =
                    back
                            ? Frames.tcpFrame(server, 443, client, port, Frames.ACK)
                            : Frames.tcpFrame(client, port, server, 443, Frames.ACK);
            int kind = random.nextInt(100);
            int length = kind < 40 ? 66 : kind < 85 ? 1_514 : 100 + random.nextInt(1_300);
            file.packet(time, java.util.Arrays.copyOf(frame, length));
            time += 10_000;
            size += length + 16;
        }
        return file.bytes();
    }

    private long read(byte[] file, boolean packets) {
        Capture capture =
                new Capture("bench.pcap", packets, Capture.MOST_FLOWS, new AddressTexts(), this);
        capture.begin(0, 0);
        byte[] piece = new byte[Capture.PIECE];
        while (capture.position() < file.length) {
            int from = (int) capture.position();
            int length = Math.min(piece.length, file.length - from);
            System.arraycopy(file, from, piece, 0, length);
            capture.feed(piece, length);
        }
        capture.end();
        return capture.packets();
    }

    @Override
    public LineContext context() {
        return context;
    }

    @Override
    public void event(Routed event) {
        events++;
        json += encoder.encode(event.event()).length;
    }

    @Override
    public void damaged(String reason, long number) {
        throw new IllegalStateException(reason);
    }

    @Override
    public boolean took(long end) {
        return true;
    }
}

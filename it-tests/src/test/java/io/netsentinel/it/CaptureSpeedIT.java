package io.netsentinel.it;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many megabytes a second of a capture file go in, from the file to the commit: with flows
/// alone, and with an event for each packet. The packets are of the sizes of usual traffic (40 %
/// acknowledgements, 45 % full ones, 15 % in between: 850 bytes on average) and of 20,000 flows at
/// a time. Beside it, in the same run, what one thread does that only reads the file. Takes about a
/// minute and 3 GB of disk.
@Tag("long")
final class CaptureSpeedIT {
    private static final long FLOWS_BYTES = 2_000L << 20;
    private static final long PACKETS_BYTES = 300L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir private Path folder;

    @Test
    void aFileOfFlowsAndOneOfPacketsAreTakenIn() throws IOException {
        measure("flows", FLOWS_BYTES, false);
        measure("packets", PACKETS_BYTES, true);
    }

    private void measure(String name, long size, boolean packets) throws IOException {
        Path capture = folder.resolve(name + ".pcap");
        long count = write(capture, size);
        Path configuration = folder.resolve(name + ".yaml");
        Files.writeString(
                configuration,
                """
                sources:
                  tap:
                    kind: pcap
                    path: %s
                    packets: %s
                    end-after: 1s
                """
                        .formatted(capture, packets));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-------"));
        Path data = folder.resolve("data-" + name);
        long start;
        try (ServerProcess server =
                ServerProcess.serve(data, 0, "--config", configuration.toString())) {
            start = System.nanoTime();
            HttpApi admin = HttpApi.admin(server, data);
            Usage before = Usage.of(server);
            Await.until("all is read", PATIENCE, () -> read(admin));
            double seconds = (System.nanoTime() - start) / 1e9;
            Usage after = Usage.of(server);
            try (Results results = Results.of(packets ? "capture" : "capture-flows")) {
                results.add(
                        packets ? "packets and flows" : "flows only",
                        size / 1e6 / seconds,
                        "MB/s",
                        "only read",
                        reference(capture, size));
                results.add("packets", count / seconds, "1/s");
                results.add(
                        "processor time a packet",
                        after.processor().minus(before.processor()).toNanos() / 1e3 / count,
                        "us");
                results.add("memory at most", after.peak(), "MiB");
            }
        }
        Files.delete(capture);
    }

    private static boolean read(HttpApi admin) {
        SourceView source = SourceView.of(admin);
        return source.state().equals("live") && source.progress() == 1 && source.accepted() > 0;
    }

    /// Only reading the same file, one thread, MB/s.
    private static double reference(Path capture, long size) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(512 << 10);
        long start = System.nanoTime();
        try (var channel = Files.newByteChannel(capture)) {
            while (channel.read(buffer) >= 0) {
                buffer.clear();
            }
        }
        return size / 1e6 / ((System.nanoTime() - start) / 1e9);
    }

    private static long write(Path file, long size) throws IOException {
        Random random = new Random(1);
        ByteBuffer record = ByteBuffer.allocate(16 + 1_514).order(ByteOrder.LITTLE_ENDIAN);
        long written = 24;
        long count = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4).putLong(0);
            out.write(header.putInt(65_535).putInt(1).array());
            while (written < size) {
                int kind = random.nextInt(100);
                int length = kind < 40 ? 66 : kind < 85 ? 1_514 : 100 + random.nextInt(1_300);
                packet(record, count++, random, length);
                out.write(record.array(), 0, 16 + length);
                written += 16 + length;
            }
        }
        return count;
    }

    private static void packet(ByteBuffer record, long number, Random random, int length) {
        long micros = number * 20;
        int flow = random.nextInt(20_000) + (int) (number / 50_000);
        boolean back = random.nextBoolean();
        int client = 0x0A000000 + flow;
        int server = 0xC0000200 + flow % 250;
        int port = 1_024 + flow % 60_000;
        record.clear();
        record.putInt((int) (1_780_315_200 + micros / 1_000_000));
        record.putInt((int) (micros % 1_000_000)).putInt(length).putInt(length);
        record.order(ByteOrder.BIG_ENDIAN);
        record.putLong(0).putInt(0).putShort((short) 0x0800);
        record.putShort((short) 0x4500).putShort((short) (length - 14)).putInt(0);
        record.putShort((short) 0x4006).putShort((short) 0);
        record.putInt(back ? server : client).putInt(back ? client : server);
        record.putShort((short) (back ? 443 : port)).putShort((short) (back ? port : 443));
        record.putInt((int) number).putInt(1).putShort((short) 0x5010);
        record.order(ByteOrder.LITTLE_ENDIAN);
    }
}

package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// How many lines a second come in from files of each format, over syslog on TCP and over HTTP,
/// with real lines repeated; beside it what rsyslog does with the same bytes, when it is installed.
/// Takes about two minutes. The first format also pays for the warming up.
@Tag("long")
@EnabledIf(value = SampleData.AVAILABLE, disabledReason = SampleData.MISSING)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FormatSpeedBenchmark {
    private static final int LINES = 200_000;
    private static final int MESSAGES = 100_000;
    private static final int BODY = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int FROM_FILES = 20_000;
    private static final int FROM_NETWORK = 10_000;

    @TempDir private static Path folder;
    private static final Results RESULTS = Results.of("formats");
    private static ServerProcess server;
    private static HttpApi admin;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectory(folder.resolve("files"));
        Files.writeString(
                folder.resolve("netsentinel.yaml"),
                "runtime.source-roots: [%s]\n".formatted(folder.resolve("files")));
        server =
                ServerProcess.start(
                        Launch.of(
                                "serve",
                                "--data",
                                folder.resolve("data").toString(),
                                "--port",
                                "0",
                                "--config",
                                folder.resolve("netsentinel.yaml").toString()),
                        folder.resolve("server.log"));
        admin = HttpApi.admin(server, folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
        RESULTS.close();
    }

    private static List<String> lines(String... path) throws IOException {
        Path file = SampleData.folder();
        for (String part : path) {
            file = file.resolve(part);
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static List<String> syslog() throws IOException {
        return lines("syslog", "rfc3164-wire-ndpi.log");
    }

    /// A connection log as Zeek writes it without JSON.
    private static List<String> tsv() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            lines.add(
                    "15912%05d.1%05d\tC%017d\t10.0.1.%d\t%d\t198.51.100.%d\t443\ttcp\tssl\t1.%03d\t%d\t%d\tSF\tT\tF\t0\tShADadFf\t12\t1840\t11\t5120\t-"
                            .formatted(
                                    i, i, i, i % 250, 40_000 + i, i % 200, i, 500 + i, 4_000 + i));
        }
        return lines;
    }

    private static final String TSV_HEAD =
            """
            #separator \\x09
            #set_separator	,
            #empty_field	(empty)
            #unset_field	-
            #path	conn
            #open	2026-06-01-00-00-00
            #fields	ts	uid	id.orig_h	id.orig_p	id.resp_h	id.resp_p	proto	service	duration	orig_bytes	resp_bytes	conn_state	local_orig	local_resp	missed_bytes	history	orig_pkts	orig_ip_bytes	resp_pkts	resp_ip_bytes	tunnel_parents
            #types	time	string	addr	port	addr	port	enum	string	interval	count	count	string	bool	bool	count	string	count	count	count	count	set[string]
            """;

    private static void write(Path file, String head, List<String> sample) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < LINES; i++) {
                out.write(sample.get(i % sample.size()).getBytes(StandardCharsets.ISO_8859_1));
                out.write('\n');
            }
        }
    }

    private static void fromFile(String name, String format, String head, List<String> sample)
            throws IOException {
        Path file = folder.resolve("files").resolve(name + ".log");
        write(file, head, sample);
        long size = Files.size(file);
        Usage before = Usage.of(server);
        long start = System.nanoTime();
        HttpResponse<String> made =
                admin.post(
                        "/api/sources",
                        "application/json",
                        "{\"name\":\"%s\",\"kind\":\"file\",\"path\":\"%s\",\"format\":\"%s\"}"
                                .formatted(name, file, format));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        await(() -> taken(name) >= LINES);
        double seconds = (System.nanoTime() - start) / 1e9;
        Usage after = Usage.of(server);
        report("file " + name, LINES / seconds, FROM_FILES);
        RESULTS.add("  bytes", size / seconds / 1e6, "MB/s");
        RESULTS.add(
                "  processor time a line",
                after.processor().minus(before.processor()).toNanos() / 1e3 / LINES,
                "us");
        HttpApi.send(admin.request("/api/sources/" + name).DELETE().build());
        Files.delete(file);
    }

    private static long taken(String name) {
        JsonNode source = HttpApi.json(admin.get("/api/sources/" + name));
        return source.path("accepted").asLong() + source.path("deadLetters").asLong();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("took too long").isNegative();
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static void report(String what, double perSecond, int wanted) {
        RESULTS.add(what, perSecond, "1/s", "wanted", wanted);
    }

    @Test
    @Order(1)
    void eve() throws IOException {
        fromFile("eve-first", "eve", "", lines("eve", "demo-1h.eve.json"));
        fromFile("eve", "eve", "", lines("eve", "demo-1h.eve.json"));
    }

    @Test
    @Order(2)
    void zeek() throws IOException {
        fromFile("zeek-json", "zeek", "", lines("zeek", "apt29-day1.zeek.json"));
        fromFile("zeek-tsv", "zeek", TSV_HEAD, tsv());
    }

    @Test
    @Order(3)
    void cowrie() throws IOException {
        fromFile("cowrie", "cowrie", "", lines("cowrie", "do-2020-03-19.cowrie.json"));
    }

    @Test
    @Order(4)
    void syslogFiles() throws IOException {
        fromFile("syslog", "syslog", "", syslog());
    }

    @Test
    @Order(5)
    void syslogOverTcp() throws IOException {
        int port = ServerProcess.freePort();
        HttpResponse<String> made =
                admin.post(
                        "/api/sources",
                        "application/json",
                        "{\"name\":\"tcp\",\"kind\":\"listen\",\"listen\":\"tcp://127.0.0.1:%d\"}"
                                .formatted(port));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        await(() ->
                HttpApi.json(admin.get("/api/sources/tcp")).path("state").asText().equals("live"));
        byte[] messages = messages();
        long start = System.nanoTime();
        send(port, messages);
        await(() -> taken("tcp") >= MESSAGES);
        double ours = MESSAGES / ((System.nanoTime() - start) / 1e9);
        report("syslog over TCP, one connection", ours, FROM_NETWORK);
        rsyslog(messages, ours);
    }

    private static byte[] messages() throws IOException {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(32 << 20);
        List<String> sample = syslog();
        for (int i = 0; i < MESSAGES; i++) {
            byte[] one = sample.get(i % sample.size()).getBytes(StandardCharsets.ISO_8859_1);
            out.write((one.length + " ").getBytes(StandardCharsets.US_ASCII));
            out.write(one);
        }
        return out.toByteArray();
    }

    private static void send(int port, byte[] messages) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(messages);
        }
    }

    /// The same bytes to rsyslog, which parses them and writes them to a file.
    private static void rsyslog(byte[] messages, double ours) throws IOException {
        if (!RsyslogReceiver.usable()) {
            System.out.println("not compared with rsyslog: " + RsyslogReceiver.MISSING);
            return;
        }
        int port = ServerProcess.freePort();
        Path place = Files.createDirectory(folder.resolve("rsyslog"));
        try (RsyslogReceiver _ = RsyslogReceiver.start(place, port)) {
            await(() -> listens(port));
            long start = System.nanoTime();
            send(port, messages);
            await(() -> count(place.resolve("received")) >= MESSAGES);
            RESULTS.add(
                    "  the same bytes",
                    ours,
                    "1/s",
                    "rsyslog to a file",
                    MESSAGES / ((System.nanoTime() - start) / 1e9));
        }
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static long count(Path file) {
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(6)
    void eveOverHttp() throws IOException {
        List<String> sample = lines("eve", "demo-1h.eve.json");
        byte[][] bodies = new byte[MESSAGES / BODY][];
        for (int i = 0; i < bodies.length; i++) {
            StringBuilder body = new StringBuilder(BODY * 800);
            for (int line = 0; line < BODY; line++) {
                body.append(sample.get((i * BODY + line) % sample.size())).append('\n');
            }
            bodies[i] = body.toString().getBytes(StandardCharsets.ISO_8859_1);
        }
        long start = System.nanoTime();
        for (byte[] body : bodies) {
            HttpApi.json(
                    admin.post(
                            "/api/events?format=eve&source=speed",
                            "application/x-ndjson",
                            body,
                            java.util.Map.of()));
        }
        report(
                "EVE over HTTP, " + BODY + " lines a request",
                MESSAGES / ((System.nanoTime() - start) / 1e9),
                FROM_NETWORK);
    }
}

package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A followed file with bad lines in it, and one that is rotated in every way while it is written.
final class FileFaultIT {
    private static final int GOOD = 6_000;
    private static final int ONE_IN = 100;
    private static final int OVERLONG = 20 << 20;
    private static final int NULS = 4_096;
    private static final int BETWEEN_ROTATIONS = 500;

    @TempDir private Path folder;

    @Test
    void badLinesAreCountedAndKeptAndTheOthersComeInOrder() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path eve = folder.resolve("eve.json");
        write(eve, 0, GOOD / 2);
        try (ServerProcess server = ServerProcess.serve(data, 0, "--eve", eve.toString())) {
            HttpApi admin = HttpApi.admin(server, data);
            Await.until("the first half is read", () -> admin.tail("network") >= GOOD / 2);
            write(eve, GOOD / 2, GOOD / 2);
            Await.until("all is read", () -> admin.tail("network") >= GOOD);
            List<JsonNode> stored = admin.stored("network");
            assertThat(stored)
                    .extracting(Eve::mark)
                    .containsExactlyElementsOf(Eve.marks("line", 0, GOOD).toList());
            assertThat(stored)
                    .filteredOn(event -> event.toString().contains("\uFFFD"))
                    .hasSize(2)
                    .allMatch(event ->
                            event.path("data").path("ns").path("note").asText().contains("UTF-8"));
            // in each half: the cut lines, the garbage, the overlong line and the hole
            int bad = GOOD / ONE_IN + 2 * 3;
            Await.until("the bad ones are kept", () -> admin.tail("dead-letters") >= bad);
            checkDeadLetters(admin.stored("dead-letters"), bad);
            JsonNode source = source(admin);
            assertThat(source.path("accepted").asInt()).isEqualTo(GOOD);
            assertThat(source.path("deadLetters").asInt()).isEqualTo(bad);
            assertThat(source.path("overlong").asInt()).isEqualTo(2);
            assertThat(source.path("nulBytes").asInt()).isEqualTo(2 * NULS);
            assertThat(source.path("lostBytes").asInt()).isZero();
            assertThat(source.path("state").asText()).isEqualTo("live");
            assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
        }
    }

    private static void checkDeadLetters(List<JsonNode> letters, int count) {
        assertThat(letters).hasSize(count);
        assertThat(letters)
                .extracting(letter -> letter.path("data").path("message").asText())
                .allMatch(text -> text.startsWith("eve line "))
                .noneMatch(text -> text.contains("Exception") || text.contains("jackson"))
                .anyMatch(text -> text.contains(OVERLONG + " bytes"))
                .anyMatch(text -> text.contains(NULS + " NUL bytes"));
        assertThat(letters)
                .allMatch(letter -> letter.toString().length() < 10_000)
                .noneMatch(letter -> letter.toString().contains("\u0000"));
    }

    /// Good lines; every hundredth is followed by one that was cut. In the middle there is
    /// everything else that can be wrong with a file.
    private static void write(Path file, int first, int count) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(count * 400 + OVERLONG);
        for (int n = first; n < first + count; n++) {
            String line = Eve.http("line-" + n);
            if (n == first + count / 2) {
                garbage(lines);
                lines.writeBytes(invalidUtf8(line));
            } else {
                lines.writeBytes(line.getBytes(StandardCharsets.UTF_8));
            }
            if (n % ONE_IN == 0) {
                lines.writeBytes((line.substring(0, 99) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Files.write(
                file, lines.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static void garbage(ByteArrayOutputStream lines) {
        lines.writeBytes(new byte[] {(byte) 0xFE, (byte) 0xFF, 0x1B, '[', '2', 'J', '\n'});
        String start = "{\"event_type\":\"http\",\"x\":\"";
        lines.writeBytes(start.getBytes(StandardCharsets.UTF_8));
        lines.writeBytes("x".repeat(OVERLONG - start.length()).getBytes(StandardCharsets.UTF_8));
        lines.write('\n');
        lines.writeBytes(new byte[NULS]);
    }

    private static byte[] invalidUtf8(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        int at = line.indexOf("curl/8.5");
        bytes[at] = (byte) 0xC3;
        bytes[at + 1] = '(';
        return bytes;
    }

    @Test
    void rotatedInEveryWayWhileItIsWrittenItLosesNothingAndRepeatsNothing() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path eve = folder.resolve("eve.json");
        try (ServerProcess server = ServerProcess.serve(data, 0, "--eve", eve.toString());
                LineWriter writer = new LineWriter(eve)) {
            HttpApi admin = HttpApi.admin(server, data);
            Rotations rotations = new Rotations(eve, writer);
            List<Rotations.Step> steps = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                steps.add(rotations::rename);
                steps.add(rotations::copyAndTruncate);
                steps.add(() -> rotations.truncate(() -> awaitRead(admin, writer.lines())));
                steps.add(rotations::delete);
                steps.add(rotations::compressRotated);
            }
            steps.add(rotations::replaceByLink);
            steps.add(rotations::switchLink);
            steps.add(rotations::switchLink);
            for (Rotations.Step step : steps) {
                // some of the file that is there now was read
                awaitRead(admin, writer.lines() + BETWEEN_ROTATIONS);
                step.run();
            }
            awaitRead(admin, writer.lines() + BETWEEN_ROTATIONS);
            int lines = writer.finish();
            awaitRead(admin, lines);
            assertThat(admin.stored("network"))
                    .extracting(Eve::mark)
                    .containsExactlyElementsOf(Eve.marks("line", 0, lines).toList());
            assertThat(admin.tail("dead-letters")).isZero();
            JsonNode source = source(admin);
            assertThat(source.path("lostBytes").asInt()).isZero();
            assertThat(source.path("rotations").asInt()).isGreaterThanOrEqualTo(steps.size() - 2);
            assertThat(server.log()).doesNotContain("Exception").doesNotContain("ERROR");
        }
    }

    private static void awaitRead(HttpApi admin, int lines) {
        Await.until("lines are read", () -> admin.tail("network") >= lines);
    }

    private static JsonNode source(HttpApi admin) {
        return HttpApi.json(admin.get("/api/sources")).path("sources").path(0);
    }
}

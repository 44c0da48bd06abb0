package io.netsentinel.integrations.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.events.Channel;
import io.netsentinel.integrations.Lab;
import io.netsentinel.queuing.QueueFullException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Writes, rotates in every way, and kills the source at any moment; in the end every line is there
/// once.
class FileRotationRandomTest {
    private static final int STEPS = 60;
    private static final int ROUNDS = 100;

    @TempDir Path temporary;

    private Lab lab;
    private Random random = new Random();
    private long written;
    private int generation;
    private final List<String> history = new ArrayList<>();

    @BeforeEach
    void open() {
        lab = new Lab(temporary, "eve.json");
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 5, 7, 11, 15})
    void everyLineIsThereOnce(long seed) throws IOException {
        random = new Random(seed);
        Random refusing = new Random(seed);
        lab.publishWith(append ->
                refusing.nextInt(10) == 0
                        ? CompletableFuture.failedFuture(new QueueFullException("full"))
                        : lab.log().append(append));
        lab.start();
        // what was rotated away before the source saw anything is not its matter
        seen();
        for (int step = 0; step < STEPS; step++) {
            step();
        }
        allRead();
        assertThat(lab.numbers()).containsExactlyInAnyOrderElementsOf(Lab.range(0, written));
        assertThat(lab.tail(Channel.DEAD_LETTERS)).isZero();
    }

    /// Names go round while files are opened by them.
    @Test
    void everyLineIsThereOnceHoweverFastNamesGoRound() throws IOException {
        lab.start();
        seen();
        for (int i = 0; i < ROUNDS; i++) {
            rename();
        }
        allRead();
        assertThat(lab.numbers()).containsExactlyInAnyOrderElementsOf(Lab.range(0, written));
    }

    private void step() throws IOException {
        int action = random.nextInt(10);
        history.add(action + "@" + written);
        switch (action) {
            case 0, 1, 2, 3 -> write();
            case 4 -> writeInParts();
            case 5 -> rename();
            case 6 -> copyAndTruncate();
            case 7 -> readThenTruncate();
            case 8 -> readThenDelete();
            default -> {
                lab.kill();
                if (random.nextBoolean()) {
                    write();
                }
                lab.start();
            }
        }
    }

    private void write() {
        int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 3_000 : 50);
        lab.append("eve.json", written, written + count);
        written += count;
    }

    private void writeInParts() {
        String line = Lab.line(written);
        int cut = 1 + random.nextInt(line.length() - 1);
        lab.append("eve.json", line.substring(0, cut));
        if (random.nextInt(4) == 0) {
            lab.kill();
            lab.start();
        }
        lab.append("eve.json", line.substring(cut));
        written++;
    }

    /// Generations nobody could have seen before must have been changed at another time.
    private void rename() throws IOException {
        if (!Files.exists(lab.file("eve.json"))) {
            return;
        }
        for (int i = generation; i > 0; i--) {
            Files.move(
                    lab.file("eve.json." + i),
                    lab.file("eve.json." + (i + 1)),
                    StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(lab.file("eve.json"), lab.file("eve.json.1"), StandardCopyOption.ATOMIC_MOVE);
        generation++;
        tick();
        write();
    }

    /// What is read and shown is the same: the copy has all, and stands until it is read.
    private void copyAndTruncate() throws IOException {
        seen();
        write();
        Path copy = lab.file("eve.json.9" + generation + random.nextInt(1_000_000));
        Files.copy(lab.file("eve.json"), copy);
        truncate();
        write();
        allRead();
    }

    private void readThenTruncate() throws IOException {
        seen();
        truncate();
        write();
        allRead();
    }

    private void readThenDelete() throws IOException {
        seen();
        Files.deleteIfExists(lab.file("eve.json"));
        tick();
        write();
    }

    private void seen() {
        write();
        allRead();
    }

    private void allRead() {
        try {
            lab.await(() -> lab.tail(Channel.NETWORK) >= written);
        } catch (AssertionError e) {
            List<Long> missing = new ArrayList<>(Lab.range(0, written));
            missing.removeAll(lab.numbers());
            throw new AssertionError("after " + history + " these are missing: " + missing, e);
        }
    }

    private void truncate() throws IOException {
        try (FileChannel channel =
                FileChannel.open(lab.file("eve.json"), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    /// Waits until the file system's clock has moved on.
    private void tick() throws IOException {
        Path probe = Files.createTempFile(temporary, "clock", "");
        long before = Files.getLastModifiedTime(probe).toMillis();
        lab.await(() -> {
            try {
                Files.writeString(probe, "x");
                return Files.getLastModifiedTime(probe).toMillis() > before + 1;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }
}

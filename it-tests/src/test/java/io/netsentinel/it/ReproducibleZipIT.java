package io.netsentinel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/// Nothing in the zip says when, where or on what machine it was made. Whether two builds are equal
/// is shown by `dist/reproducible`, which makes two.
final class ReproducibleZipIT {
    /// `project.build.outputTimestamp`, as a zip has it: without a time zone.
    private static final LocalDateTime RELEASE = LocalDateTime.of(2026, 11, 1, 0, 0);

    @Test
    void everyEntryHasTheTimeOfTheReleaseAndNotThatOfItsMaking() throws IOException {
        try (ZipFile zip = new ZipFile(Distribution.zip().toFile())) {
            Set<LocalDateTime> times =
                    zip.stream().map(ZipEntry::getTimeLocal).collect(Collectors.toSet());
            assertThat(times).containsExactly(RELEASE);
        }
    }

    @Test
    void theArchiveOfClassesDoesNotNameTheFolderItWasMadeIn() throws IOException {
        Path archive = Distribution.home().resolve("runtime/lib/server/classes_coh.jsa");
        String content = Files.readString(archive, StandardCharsets.ISO_8859_1);
        assertThat(content.contains("io/netsentinel/app/Application")).isTrue();
        assertThat(content.contains("target/stage")).isFalse();
    }
}

package io.netsentinel.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The texts made from the list of keys. After a change of a key, `mvn -pl modules/app -am verify
/// -Drenew-reference` writes `docs/configuration.md` and the distribution's `netsentinel.yaml`
/// anew.
final class ReferenceTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String HEAD =
            """
            # Configuration

            NetSentinel reads `conf/netsentinel.yaml` (or the file named by `--config` or `NETSENTINEL_CONFIG`), then environment
            variables, then the command line; what comes later wins. Every key can be set by an environment variable:
            `NETSENTINEL_` and the key in capitals with `.` and `-` as `_`, so `retention.max-age` is
            `NETSENTINEL_RETENTION_MAX_AGE`; items of a list are separated by commas. Keys may be nested or dotted. Anything that is
            not understood stops the start with exit code 2 and a line `file:line: key: problem`.

            `netsentinel init` writes a commented file, `netsentinel check` validates it, `netsentinel config` prints what is in
            force. Where a key has a `*`, put a name of your choice. This page is made from the program.
            """;

    @TempDir private Path folder;

    @Test
    void everyKeyStandsInOneSection() throws IllegalAccessException {
        List<Key<?>> keys = Keys.all();
        List<String> names = keys.stream().<String>map(Key::name).toList();
        assertThat(names).doesNotHaveDuplicates();
        for (var field : Keys.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && field.getType() == Key.class) {
                assertThat(names).contains(((Key<?>) field.get(null)).name());
            }
        }
    }

    @Test
    void everyKeyIsWrittenAsTheDocumentationSays() {
        for (Key<?> key : Keys.all()) {
            assertThat(key.name()).matches("([a-z][a-z0-9-]*|\\*)(\\.([a-z][a-z0-9-]*|\\*))*");
            assertThat(key.help()).as(key.name()).endsWith(".").doesNotContain("|", "\n");
            assertThat(key.fallback().isPresent() || !key.example().isEmpty())
                    .as(key.name())
                    .isTrue();
        }
    }

    @Test
    void theCommentedFileSetsNothingAndEveryKeyInItCanBeUncommented() throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), Reference.yaml());
        assertThat(new ConfigurationLoader().file(file).load().given()).isEmpty();
        // the key is the last line of what belongs to it
        String all =
                Pattern.compile(
                                "^( *)# (NAME:$|[a-zA-Z-]+: .*$(?=\\n\\n|\\n?\\z))",
                                Pattern.MULTILINE)
                        .matcher(Reference.yaml())
                        .replaceAll("$1$2");
        Path uncommented = Files.writeString(folder.resolve("b.yaml"), all);
        // secrets stand in it
        Files.setPosixFilePermissions(uncommented, PosixFilePermissions.fromString("rw-------"));
        Configuration configuration = new ConfigurationLoader().file(uncommented).load();
        assertThat(configuration.given()).hasSameSizeAs(Keys.all());
    }

    @Test
    void theEffectiveConfigurationCanBeReadBack() throws IOException {
        Configuration configuration =
                new ConfigurationLoader().option("--eve", "sources.a.path", "/x").load();
        Path file = Files.writeString(folder.resolve("c.yaml"), Reference.effective(configuration));
        assertThat(new ConfigurationLoader().file(file).load().below(SourceKeys.PARENT))
                .containsEntry("a", Map.of("path", "/x"));
    }

    @Test
    void theDocumentationIsUpToDate() throws IOException {
        assertUpToDate(ROOT.resolve("docs/configuration.md"), HEAD + Reference.markdown());
        assertUpToDate(ROOT.resolve("dist/src/conf/netsentinel.yaml"), Reference.yaml());
    }

    private static void assertUpToDate(Path file, String text) throws IOException {
        if (System.getProperty("renew-reference") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("made from the list of keys, see this class how to renew it")
                .hasContent(text);
    }
}

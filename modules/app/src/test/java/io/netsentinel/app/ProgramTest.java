package io.netsentinel.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramTest {
    @TempDir private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutACommandItExplainsItself() {
        assertThat(run()).isEqualTo(Exit.BAD_USAGE);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: netsentinel COMMAND");
    }

    @Test
    void anUnknownCommandGetsASuggestion() {
        assertThat(run("chekc")).isEqualTo(Exit.BAD_USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("netsentinel: unknown command chekc, did you mean check?");
    }

    @Test
    void anUnknownOptionGetsASuggestion() {
        assertThat(run("config", "--referense")).isEqualTo(Exit.BAD_USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "netsentinel: config: unknown option --referense, did you mean --reference?\n");
    }

    @Test
    void anOptionWithoutItsValueIsNamed() {
        assertThat(run("check", "--config")).isEqualTo(Exit.BAD_USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("check: --config needs a value: --config FILE");
    }

    @Test
    void anOptionGivenTwiceIsNamed() {
        assertThat(run("check", "--config=a", "--config", "b")).isEqualTo(Exit.BAD_USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("check: --config is given twice");
    }

    @Test
    void theHelpOfACommandListsItsOptions() {
        assertThat(run("config", "--help")).isEqualTo(Exit.FINE);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("usage: netsentinel config [OPTION]...")
                .contains("--reference");
    }

    @Test
    void initWritesAFileThatCheckFindsFineAndNeverOverwritesIt() {
        assertThat(run("init")).isEqualTo(Exit.FINE);
        assertThat(home.resolve("conf/netsentinel.yaml")).exists();
        assertThat(run("check")).isEqualTo(Exit.FINE);
        assertThat(run("init")).isEqualTo(Exit.BAD_USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("exists already");
    }

    @Test
    void checkNamesFileLineAndKey() throws IOException {
        Path file = Files.writeString(home.resolve("bad.yaml"), "host: a\nprot: 1\n");
        assertThat(run("check", "--config", file.toString())).isEqualTo(Exit.BAD_USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("netsentinel: " + file + ":2: prot: unknown key, did you mean port?\n");
    }

    private Exit run(String... words) {
        Shell shell =
                new Shell(
                        InputStream.nullInputStream(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        home);
        return new Program(shell).run(List.of(words));
    }
}

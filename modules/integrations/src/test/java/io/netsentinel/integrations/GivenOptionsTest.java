package io.netsentinel.integrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.integrations.spi.Limits;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Options as they come over HTTP, and what of them may be shown again.
final class GivenOptionsTest {
    private static final List<Option> KNOWN =
            List.of(
                    Option.text("url", "tcp://x:1", "An address."),
                    Option.secret("token", "x", "A secret."),
                    Option.texts("to", "a, b", "Some texts."),
                    Option.flag("on", "true", "A flag."),
                    Option.count("many", new Option.Type.Count("a number", 1, 9), "1", "A count."),
                    Option.size("size", "1KiB", "A size."),
                    Option.time("time", "1s", "A time."),
                    Option.file("file", "/x", "A file."),
                    Option.files("path", "/x/*", "Files."),
                    Option.choice("start", List.of("begin", "end"), "A choice."));

    @TempDir private Path folder;

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Options read(String text) {
        return GivenOptions.read("lab", KNOWN, json(text), Limits.none());
    }

    @Test
    void valuesAreThoseOfTheConfigurationOrOfJson() {
        Options options =
                read(
                        "{'url':'tcp://x:1','to':['a','b'],'on':true,'many':9,'size':'2KiB','time':'90s','file':'/a','path':'/b/*','start':'end'}");
        assertThat(options.require("url")).isEqualTo("tcp://x:1");
        assertThat(options.texts("to")).containsExactly("a", "b");
        assertThat(options.flag("on", false)).isTrue();
        assertThat(options.number("many", 0)).isEqualTo(9);
        assertThat(options.number("size", 0)).isEqualTo(2_048);
        assertThat(read("{'size':4096}").number("size", 0)).isEqualTo(4_096);
        assertThat(options.time("time", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
        assertThat(options.path("file")).contains(Path.of("/a"));
        assertThat(options.require("path")).isEqualTo("/b/*");
        assertThat(options.require("start")).isEqualTo("end");
        assertThat(read("{'url':null}").keys()).isEmpty();
    }

    @Test
    void whatIsWrongIsNamedAndASecretIsNotRepeated() {
        for (String wrong :
                List.of(
                        "'url':7",
                        "'url':''",
                        "'url':'a\\nb'",
                        "'to':'a'",
                        "'to':['a',7]",
                        "'on':'true'",
                        "'many':10",
                        "'many':1.5",
                        "'many':99999999999",
                        "'size':'large'",
                        "'size':-1",
                        "'time':'soon'",
                        "'file':'a\\u0000b'",
                        "'start':'middle'")) {
            String name = wrong.substring(1, wrong.indexOf('\'', 1));
            assertThatThrownBy(() -> read("{" + wrong + "}"))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(name + ": expected ");
        }
        assertThatThrownBy(() -> read("{'token':['hush']}"))
                .hasMessageStartingWith("token: expected ")
                .hasMessageNotContaining("hush");
    }

    @Test
    void secretsAndWhatMayBeOneAreNotShown() {
        ObjectNode given =
                json(
                        "{'url':'redis://user:hush@host:1/0','token':'hush','on':true,'other':'hush'}");
        assertThat(GivenOptions.shown(KNOWN, given).toString())
                .isEqualTo(
                        json("{'url':'redis://********@host:1/0','token':'********','on':true,'other':'********'}")
                                .toString());
        assertThat(GivenOptions.shown(KNOWN, json("{'url':'https://h/x?key=hush#a'}")).toString())
                .doesNotContain("hush");
    }

    @Test
    void filesLieInTheFoldersThatAreNamedWhateverLinksSay() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        Limits limits = Limits.of("the.key", List.of(inside), false);
        limits.check("path", inside.resolve("eve.json"));
        limits.check("path", inside.resolve("deep/eve.*.json"));
        for (Path path :
                List.of(
                        outside.resolve("x"),
                        inside.resolve("../outside/x"),
                        inside.resolve("link/x"),
                        inside.resolve("link/deep/x"),
                        Path.of("/etc/passwd"),
                        folder.resolve("inside2"))) {
            assertThatThrownBy(() -> limits.check("path", path))
                    .hasMessageStartingWith("path: " + path + " lies in no folder that the.key");
            assertThatThrownBy(() ->
                            GivenOptions.read(
                                    "lab", KNOWN, json("{'path':'%s'}".formatted(path)), limits))
                    .hasMessageStartingWith("path: ");
        }
        Limits nowhere = Limits.of("the.key", List.of(), false);
        assertThatThrownBy(() -> nowhere.check("file", inside))
                .hasMessageEndingWith("the.key names; it names none");
        Limits.none().check("file", Path.of("/etc/passwd"));
    }

    @Test
    void aLinkToNothingIsNoWayOutEither() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("in"));
        Files.createSymbolicLink(inside.resolve("later"), folder.resolve("not-there-yet"));
        Files.createSymbolicLink(inside.resolve("up"), Path.of("../not-there-yet"));
        Files.createSymbolicLink(inside.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(inside.resolve("fine"), Path.of("not-there-yet"));
        Limits limits = Limits.of("the.key", List.of(inside), false);
        for (String name : List.of("later", "later/x", "up", "self")) {
            assertThatThrownBy(() -> limits.check("path", inside.resolve(name)))
                    .as(name)
                    .hasMessageContaining("lies in no folder");
        }
        limits.check("path", inside.resolve("fine"));
    }
}

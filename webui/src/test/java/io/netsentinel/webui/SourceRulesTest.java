package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What must never stand in a page or a script of ours, whatever somebody writes there later.
class SourceRulesTest {
    private static final Path TEMPLATES =
            Path.of("src/main/resources/io/netsentinel/webui/templates");
    private static final Path SCRIPTS = Path.of("src/main/web/js");

    @Test
    void templatesHaveNoWayForTextToBecomeMarkup() {
        files(TEMPLATES, ".html")
                .forEach((name, text) ->
                        assertThat(text)
                                .as(name)
                                .doesNotContain("th:utext", "[(", "[[", "th:inline", "__${", "*{")
                                .doesNotContain("hx-on", "js:", "javascript:", "hx-vals"));
    }

    @Test
    void templatesHaveNoInlineScriptOrStyle() {
        Pattern handler = Pattern.compile("\\son[a-z]+\\s*=");
        Pattern inlineScript = Pattern.compile("<script(?![^>]*(?:th:)?src=)");
        files(TEMPLATES, ".html")
                .forEach((name, text) -> {
                    assertThat(text).as(name).doesNotContain("<style", "style=");
                    assertThat(text)
                            .as(name)
                            .doesNotContainPattern(handler)
                            .doesNotContainPattern(inlineScript);
                });
    }

    @Test
    void everyFormThatChangesSomethingCarriesTheTokenOrIsTheSignIn() {
        Pattern form =
                Pattern.compile("<form[^>]*method=\"post\"[^>]*>(.*?)</form>", Pattern.DOTALL);
        files(TEMPLATES, ".html")
                .forEach((name, text) ->
                        form.matcher(text)
                                .results()
                                .filter(one -> !one.group().contains("action=\"/login\""))
                                .filter(one -> !one.group().contains("hx-post"))
                                .forEach(one ->
                                        assertThat(one.group())
                                                .as(name)
                                                .contains("name=\"_csrf\"")));
    }

    @Test
    void scriptsMakeElementsFromTextInOnePlaceOnly() {
        files(SCRIPTS, ".js")
                .forEach((name, text) -> {
                    assertThat(text)
                            .as(name)
                            .doesNotContain(
                                    "outerHTML =",
                                    "insertAdjacentHTML",
                                    "document.write",
                                    "eval(",
                                    "new Function");
                    if (!name.equals("html.js")) {
                        assertThat(text)
                                .as(name)
                                .doesNotContain("innerHTML =", "createPolicy", "DOMParser");
                    }
                });
    }

    private static Map<String, String> files(Path folder, String ending) {
        try (Stream<Path> all = Files.list(folder)) {
            Map<String, String> files = new TreeMap<>();
            all.filter(path -> path.toString().endsWith(ending))
                    .forEach(path -> files.put(path.getFileName().toString(), read(path)));
            assertThat(files).isNotEmpty();
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

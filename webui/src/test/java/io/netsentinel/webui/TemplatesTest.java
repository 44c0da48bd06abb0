package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplatesTest {
    private static final List<String> OF_OTHER_PAGES =
            List.of(
                    "contacts.js",
                    "heat.js",
                    "map.js",
                    "net.js",
                    "topology.js",
                    "traffic.js",
                    "world.js");

    private final AssetIndex assets = AssetIndex.load();

    @Test
    void everyPageRendersInBothThemesAndLeavesNothingOfItsTemplate() {
        for (String theme : new String[] {"dark", "light"}) {
            Preview.pages(theme, assets)
                    .forEach((name, page) -> {
                        assertThat(page)
                                .as(name)
                                .startsWith("<!DOCTYPE html>")
                                .endsWith("</html>\n");
                        assertThat(page).as(name).doesNotContain("th:", "xmlns:", "ns:rows");
                        assertThat(page).as(name).contains("data-theme=\"" + theme + "\"");
                        assertThat(page.split("id=\"main\"", -1)).as(name).hasSize(2);
                    });
        }
    }

    @Test
    void idsAreUnique() {
        Preview.pages("dark", assets)
                .forEach((name, page) -> {
                    var ids =
                            java.util.regex.Pattern.compile(" id=[\"']([^\"']+)")
                                    .matcher(page)
                                    .results()
                                    .map(m -> m.group(1))
                                    .toList();
                    assertThat(ids).as(name).doesNotHaveDuplicates();
                });
    }

    @Test
    void readyMarkupIsTakenFromTheRowWriterOnly() {
        Map<String, Object> model = Samples.alerts("dark", assets, java.util.Optional.empty(), 1);
        model.put("rows", "<b>text</b>");
        assertThatThrownBy(() -> new Templates().render("alerts", model))
                .rootCause()
                .hasMessageContaining("takes rows");
    }

    @Test
    void theOverviewStaysWithinItsBudget() {
        // font, style, scripts and chart as they travel, and the page itself before compression
        long bytes = 0;
        for (String file : assets.files()) {
            if (OF_OTHER_PAGES.contains(file)) {
                continue;
            }
            String name = assets.version() + "/" + file;
            bytes += size(assets.open(name + ".gz").or(() -> assets.open(name)).orElseThrow());
        }
        assertThat(bytes).isLessThan(150_000);
        assertThat(size(assets.open(assets.version() + "/netsentinel.js.gz").orElseThrow()))
                .isLessThan(10_000);
    }

    /// What the overview never asks for is in no script that it loads.
    @Test
    void scriptsOfThePicturesAreFetchedByTheirPagesOnly() {
        for (String file : assets.files()) {
            if (file.endsWith(".js") && !OF_OTHER_PAGES.contains(file)) {
                String script = text(assets.open(assets.version() + "/" + file).orElseThrow());
                OF_OTHER_PAGES.forEach(other ->
                        assertThat(script).as(file).doesNotContain(" from './" + other + "'"));
            }
        }
        assertThat(assets.files()).containsAll(OF_OTHER_PAGES);
    }

    private static String text(java.io.InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static long size(java.io.InputStream in) {
        try (in) {
            return in.readAllBytes().length;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

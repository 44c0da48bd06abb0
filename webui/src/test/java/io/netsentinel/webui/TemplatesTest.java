package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplatesTest {
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
            String name = assets.version() + "/" + file;
            bytes += size(assets.open(name + ".gz").or(() -> assets.open(name)).orElseThrow());
        }
        assertThat(bytes).isLessThan(150_000);
        assertThat(size(assets.open(assets.version() + "/netsentinel.js.gz").orElseThrow()))
                .isLessThan(10_000);
    }

    private static long size(java.io.InputStream in) {
        try (in) {
            return in.readAllBytes().length;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

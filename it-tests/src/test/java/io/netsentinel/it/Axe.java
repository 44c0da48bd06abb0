package io.netsentinel.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// axe, the checker of accessibility, in the page that a browser shows.
///
/// It is loaded once for each document and runs there. (The builder that comes with it loads it for
/// every run and opens a tab beside for the results, which takes longer than the checks do; pages
/// here have no frames that would need it.)
final class Axe {
    private static final String SOURCE = source();

    private static final String RUN =
            """
            const done = arguments[arguments.length - 1];
            const [runOnly, without] = arguments;
            const rules = Object.fromEntries(without.map(id => [id, { enabled: false }]));
            axe.run(document, { runOnly, rules, resultTypes: ['violations'] }).then(
                ({ violations, passes, incomplete, inapplicable }) => done({
                    looked: violations.length + passes.length + incomplete.length + inapplicable.length,
                    found: violations.flatMap(rule => rule.nodes.map(node => `${rule.id} ${node.target} ${node.failureSummary}`)),
                }),
                error => done({ looked: 0, found: [String(error)] }),
            );
            """;

    private final Browser browser;

    Axe(Browser browser) {
        this.browser = browser;
    }

    private static String source() {
        try (InputStream file =
                Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What violates the rules with one of these tags.
    ///
    /// @param without rules that are left out
    List<String> tagged(List<String> tags, List<String> without) {
        return run(Map.of("type", "tag", "values", tags), without);
    }

    /// What violates these rules.
    List<String> rules(List<String> only) {
        return run(Map.of("type", "rule", "values", only), List.of());
    }

    private List<String> run(Map<String, Object> only, List<String> without) {
        if (!browser.is("return 'axe' in window")) {
            browser.driver().executeScript(SOURCE);
        }
        Map<?, ?> result =
                (Map<?, ?>)
                        Objects.requireNonNull(
                                browser.driver().executeAsyncScript(RUN, only, without));
        if (((Number) Objects.requireNonNull(result.get("looked"))).intValue() == 0) {
            throw new AssertionError("axe looked at nothing: " + result.get("found"));
        }
        return ((List<?>) Objects.requireNonNull(result.get("found")))
                .stream().map(String::valueOf).toList();
    }
}

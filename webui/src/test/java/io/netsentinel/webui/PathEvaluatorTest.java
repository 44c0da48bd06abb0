package io.netsentinel.webui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.standard.StandardDialect;

class PathEvaluatorTest {
    private final TemplateEngine engine = engine();

    record Inner(String name, boolean known) {}

    @Test
    void aPathLeadsThroughRecordsAndMaps() {
        assertThat(
                        render(
                                "<p th:text=\"${a.b.name}\"></p>",
                                Map.of("a", Map.of("b", new Inner("x<y", true)))))
                .isEqualTo("<p>x&lt;y</p>");
        assertThat(
                        render(
                                "<p th:if=\"${a.known}\" th:class=\"${a.known} ? 'on' : null\"></p>",
                                Map.of("a", new Inner("", true))))
                .isEqualTo("<p class=\"on\"></p>");
    }

    @Test
    void dataIsNeverEvaluated() {
        String evil = "${a.name} __${a.name}__ [[${a.name}]]";
        assertThat(
                        render(
                                "<p th:text=\"${evil}\" th:title=\"|about ${evil}|\"></p>",
                                Map.of("evil", evil, "a", new Inner("leak", true))))
                .doesNotContain("leak");
    }

    @Test
    void thereIsNoLanguageBesidesPaths() {
        for (String expression :
                new String[] {
                    "T(java.lang.Runtime).getRuntime()", "a.getClass().forName('x')", "a.class",
                            "new java.io.File('x')",
                    "@java.lang.System@exit(1)", "a.name.length()", "missing", "a.nothing"
                }) {
            String template = "<p th:text=\"${" + expression + "}\"></p>";
            assertThatThrownBy(() -> render(template, Map.of("a", new Inner("x", true))))
                    .as(expression)
                    .rootCause()
                    .isInstanceOfAny(IllegalArgumentException.class, NoSuchMethodException.class);
        }
    }

    private String render(String template, Map<String, Object> model) {
        return engine.process(template, new Context(Locale.ROOT, model));
    }

    private static TemplateEngine engine() {
        StandardDialect dialect = new StandardDialect();
        dialect.setVariableExpressionEvaluator(new PathEvaluator());
        dialect.setJavaScriptSerializer((_, _) -> {});
        TemplateEngine engine = new TemplateEngine();
        engine.setDialect(dialect);
        return engine;
    }
}

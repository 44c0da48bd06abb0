package io.netsentinel.webui;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.standard.StandardDialect;

/// The page templates: parsed once, kept for good, evaluated without an expression language.
final class Templates {
    private final TemplateEngine engine = new TemplateEngine();

    Templates() {
        StandardDialect dialect = new StandardDialect();
        dialect.setVariableExpressionEvaluator(new PathEvaluator());
        dialect.setJavaScriptSerializer((_, _) -> {
            throw new UnsupportedOperationException("no data in scripts");
        });
        engine.setTemplateResolver(new ModuleTemplates());
        engine.setDialect(dialect);
        engine.addDialect(new RowsDialect());
    }

    /// Renders a template of that name.
    String render(String name, Map<String, Object> model) {
        return engine.process(name, new Context(Locale.ROOT, model));
    }

    /// Renders only these fragments of it.
    String render(String name, Set<String> fragments, Map<String, Object> model) {
        return engine.process(name, fragments, new Context(Locale.ROOT, model));
    }
}

package io.netsentinel.webui;

import java.util.Set;
import org.thymeleaf.context.ITemplateContext;
import org.thymeleaf.dialect.AbstractProcessorDialect;
import org.thymeleaf.engine.AttributeName;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.processor.IProcessor;
import org.thymeleaf.processor.element.AbstractAttributeTagProcessor;
import org.thymeleaf.processor.element.IElementTagStructureHandler;
import org.thymeleaf.standard.expression.StandardExpressions;
import org.thymeleaf.templatemode.TemplateMode;

/// `ns:rows="${…}"`: the one way to put ready HTML into a page. It takes a [Markup] and refuses
/// everything else, so that text can never come in unescaped.
final class RowsDialect extends AbstractProcessorDialect {
    private static final String PREFIX = "ns";
    private static final int PRECEDENCE = 1_000;

    RowsDialect() {
        super("NetSentinel", PREFIX, PRECEDENCE);
    }

    @Override
    public Set<IProcessor> getProcessors(String dialectPrefix) {
        return Set.of(new RowsProcessor());
    }

    private static final class RowsProcessor extends AbstractAttributeTagProcessor {
        RowsProcessor() {
            super(TemplateMode.HTML, PREFIX, null, false, "rows", true, PRECEDENCE, true);
        }

        @Override
        protected void doProcess(
                ITemplateContext context,
                IProcessableElementTag tag,
                AttributeName name,
                String expression,
                IElementTagStructureHandler handler) {
            Object value =
                    StandardExpressions.getExpressionParser(context.getConfiguration())
                            .parseExpression(context, expression)
                            .execute(context);
            if (!(value instanceof Markup markup)) {
                throw new IllegalArgumentException("ns:rows takes rows, not " + value);
            }
            handler.setBody(markup.html(), false);
        }
    }
}

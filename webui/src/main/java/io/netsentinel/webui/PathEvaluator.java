package io.netsentinel.webui;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.IContext;
import org.thymeleaf.context.IExpressionContext;
import org.thymeleaf.standard.expression.IStandardVariableExpression;
import org.thymeleaf.standard.expression.IStandardVariableExpressionEvaluator;
import org.thymeleaf.standard.expression.StandardExpressionExecutionContext;

/// Evaluates `${a.b.c}` and nothing more: a variable, then components of records or entries of
/// maps. There is no language to inject into, and no OGNL (which needs `java.desktop`) is shipped.
final class PathEvaluator implements IStandardVariableExpressionEvaluator {
    private static final ClassValue<Map<String, Method>> ACCESSORS =
            new ClassValue<>() {
                @Override
                protected Map<String, Method> computeValue(Class<?> type) {
                    return new ConcurrentHashMap<>();
                }
            };

    @Override
    public @Nullable Object evaluate(
            IExpressionContext context,
            IStandardVariableExpression expression,
            StandardExpressionExecutionContext execution) {
        String path = expression.getExpression();
        if (path.equals("null")) {
            return null; // how Thymeleaf spells its literal
        }
        int dot = path.indexOf('.');
        Object value = variable(context, dot < 0 ? path : path.substring(0, dot));
        while (dot >= 0 && value != null) {
            int next = path.indexOf('.', dot + 1);
            value =
                    member(
                            value,
                            next < 0 ? path.substring(dot + 1) : path.substring(dot + 1, next));
            dot = next;
        }
        return value;
    }

    private static @Nullable Object variable(IContext context, String name) {
        if (!context.containsVariable(name)) {
            throw new IllegalArgumentException("the template asks for a missing variable: " + name);
        }
        return context.getVariable(name);
    }

    private static @Nullable Object member(Object owner, String name) {
        if (owner instanceof Map<?, ?> map) {
            return map.get(name);
        }
        Method accessor =
                ACCESSORS.get(owner.getClass()).computeIfAbsent(name, key -> accessor(owner, key));
        try {
            return accessor.invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(owner.getClass() + " does not give " + name, e);
        }
    }

    private static Method accessor(Object owner, String name) {
        try {
            return owner.getClass().getDeclaredMethod(name);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(owner.getClass() + " has no " + name + "()", e);
        }
    }
}

package io.netsentinel.events;

import com.google.re2j.PatternSyntaxException;
import io.netsentinel.events.FilterLexer.Kind;
import io.netsentinel.events.FilterLexer.Token;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Reads a filter: `or` binds least, then `and`, then `not`, then comparisons.
final class FilterParser {
    private static final int MAX_TEXT = 4096;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NODES = 256;
    private static final int MAX_VALUES = 1000;
    private static final int MAX_REGEXES = 8;

    private final List<Token> tokens;
    private int at;
    private int depth;
    private int nodes;
    private int values;
    private int regexes;

    private FilterParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static FilterNode parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw new FilterException(
                    MAX_TEXT + 1, "a filter has at most " + MAX_TEXT + " characters");
        }
        FilterParser parser = new FilterParser(FilterLexer.tokens(text));
        FilterNode node = parser.or();
        Token rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw new FilterException(rest.column(), "here 'and', 'or' or the end is expected");
        }
        return node;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    private boolean skip(String keyword) {
        boolean there = peek().word(keyword);
        if (there) {
            at++;
        }
        return there;
    }

    private FilterNode or() {
        List<FilterNode> parts = new ArrayList<>();
        do {
            FilterNode part = and();
            if (part instanceof FilterNode.Or(List<FilterNode> inner)) {
                parts.addAll(inner);
            } else {
                parts.add(part);
            }
        } while (skip("or"));
        return parts.size() == 1 ? parts.getFirst() : new FilterNode.Or(List.copyOf(parts));
    }

    private FilterNode and() {
        List<FilterNode> parts = new ArrayList<>();
        do {
            FilterNode part = unary();
            if (part instanceof FilterNode.And(List<FilterNode> inner)) {
                parts.addAll(inner);
            } else {
                parts.add(part);
            }
        } while (skip("and"));
        return parts.size() == 1 ? parts.getFirst() : new FilterNode.And(List.copyOf(parts));
    }

    private FilterNode unary() {
        count();
        Token token = peek();
        if (++depth > MAX_DEPTH) {
            throw new FilterException(token.column(), "nested deeper than " + MAX_DEPTH);
        }
        try {
            if (skip("not")) {
                return new FilterNode.Not(unary());
            }
            return token.kind() == Kind.OPEN ? group() : comparison();
        } finally {
            depth--;
        }
    }

    private void count() {
        if (++nodes > MAX_NODES) {
            throw new FilterException(peek().column(), "more than " + MAX_NODES + " conditions");
        }
    }

    private FilterNode group() {
        next();
        FilterNode inner = or();
        expect(Kind.CLOSE, "')' is missing here");
        return inner;
    }

    private void expect(Kind kind, String otherwise) {
        Token token = next();
        if (token.kind() != kind) {
            throw new FilterException(token.column(), otherwise);
        }
    }

    private FilterNode comparison() {
        Token name = next();
        checkField(name);
        boolean severity = name.text().equals("severity") || name.text().equals(Fields.NS_SEVERITY);
        Field field = Field.of(severity ? Fields.NS_SEVERITY : name.text());
        if (skip("exists")) {
            return new FilterNode.Exists(field);
        }
        if (skip("not")) {
            if (!skip("in")) {
                throw new FilterException(peek().column(), "'in' is expected after 'not' here");
            }
            return new FilterNode.Not(in(field, severity));
        }
        if (skip("in")) {
            return in(field, severity);
        }
        Token operator = next();
        if (operator.kind() != Kind.OPERATOR) {
            throw new FilterException(
                    operator.column(), "an operator is expected: = != < <= > >= ~ =~ in exists");
        }
        return compare(field, severity, operator.text());
    }

    private static void checkField(Token name) {
        if (name.kind() != Kind.WORD) {
            throw new FilterException(name.column(), "a field name is expected here");
        }
        if (!name.text().matches("[@A-Za-z_][A-Za-z0-9_@-]*(\\.[A-Za-z0-9_@-]+)*")) {
            throw new FilterException(name.column(), "this is no field name");
        }
    }

    private FilterNode compare(Field field, boolean severity, String operator) {
        return switch (operator) {
            case "=", "==" -> equal(field, severity);
            case "!=" -> new FilterNode.Not(equal(field, severity));
            case "~" -> like(field);
            case "=~" -> matches(field);
            default ->
                    severity
                            ? new FilterNode.SeverityOrder(
                                    FilterNode.Order.of(operator), severity(value()))
                            : order(field, FilterNode.Order.of(operator));
        };
    }

    private Token value() {
        Token token = next();
        if (token.kind() != Kind.WORD && token.kind() != Kind.STRING) {
            throw new FilterException(token.column(), "a value is expected here");
        }
        if (++values > MAX_VALUES) {
            throw new FilterException(token.column(), "more than " + MAX_VALUES + " values");
        }
        return token;
    }

    private static Severity severity(Token token) {
        return Severity.parse(token.text())
                .orElseThrow(() ->
                        new FilterException(
                                token.column(),
                                "a severity is info, low, medium, high or critical"));
    }

    private FilterNode equal(Field field, boolean severity) {
        Token token = value();
        if (severity) {
            return new FilterNode.SeverityIn(List.of(severity(token)));
        }
        FilterValue value = FilterValue.of(token);
        if (value instanceof FilterValue.Range && token.text().indexOf('/') >= 0) {
            throw new FilterException(token.column(), "use 'in' for a range of addresses");
        }
        return new FilterNode.OneOf(field, List.of(value));
    }

    private FilterNode in(Field field, boolean severity) {
        List<Token> list = new ArrayList<>();
        if (peek().kind() == Kind.OPEN) {
            next();
            do {
                list.add(value());
            } while (comma());
            expect(Kind.CLOSE, "',' or ')' is missing here");
        } else {
            list.add(value());
        }
        return severity
                ? new FilterNode.SeverityIn(
                        list.stream().map(FilterParser::severity).distinct().toList())
                : new FilterNode.OneOf(
                        field, list.stream().map(FilterValue::of).distinct().toList());
    }

    private boolean comma() {
        boolean there = peek().kind() == Kind.COMMA;
        if (there) {
            at++;
        }
        return there;
    }

    private FilterNode order(Field field, FilterNode.Order order) {
        Token token = value();
        if (FilterValue.of(token) instanceof FilterValue.Numeric number) {
            return new FilterNode.NumberOrder(field, order, number);
        }
        try {
            return new FilterNode.TimeOrder(field, order, Instant.parse(token.text()));
        } catch (DateTimeException e) {
            throw new FilterException(
                    token.column(),
                    "< and > compare numbers, severities and times such as 2026-01-31T12:00:00Z");
        }
    }

    private FilterNode like(Field field) {
        String pattern = value().text();
        return new FilterNode.Like(field, pattern, new Glob(pattern));
    }

    private FilterNode matches(Field field) {
        Token token = value();
        if (++regexes > MAX_REGEXES) {
            throw new FilterException(
                    token.column(), "more than " + MAX_REGEXES + " regular expressions");
        }
        try {
            return new FilterNode.Matches(field, Regex.compile(token.text()));
        } catch (PatternSyntaxException e) {
            throw new FilterException(
                    token.column(), "not a regular expression: " + e.getDescription());
        }
    }
}

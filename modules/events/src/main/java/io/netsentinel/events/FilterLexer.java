package io.netsentinel.events;

import java.util.ArrayList;
import java.util.List;

/// Cuts the text of a filter into tokens.
final class FilterLexer {
    enum Kind {
        WORD,
        STRING,
        OPERATOR,
        OPEN,
        CLOSE,
        COMMA,
        END
    }

    /// @param column from 1
    record Token(Kind kind, String text, int column) {
        boolean word(String keyword) {
            return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
        }
    }

    private static final String SIGNS = "=!<>~";
    private static final List<String> OPERATORS =
            List.of("=~", "==", "!=", "<=", ">=", "=", "<", ">", "~");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private FilterLexer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) {
        FilterLexer lexer = new FilterLexer(text);
        while (lexer.more()) {
            lexer.next();
        }
        lexer.tokens.add(new Token(Kind.END, "", text.length() + 1));
        return lexer.tokens;
    }

    private boolean more() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private void next() {
        char c = text.charAt(at);
        switch (c) {
            case '(' -> single(Kind.OPEN);
            case ')' -> single(Kind.CLOSE);
            case ',' -> single(Kind.COMMA);
            case '"', '\'' -> string(c);
            default -> {
                if (SIGNS.indexOf(c) >= 0) {
                    operator();
                } else {
                    word();
                }
            }
        }
    }

    private void single(Kind kind) {
        tokens.add(new Token(kind, text.substring(at, at + 1), at + 1));
        at++;
    }

    private void operator() {
        for (String operator : OPERATORS) {
            if (text.startsWith(operator, at)) {
                tokens.add(new Token(Kind.OPERATOR, operator, at + 1));
                at += operator.length();
                return;
            }
        }
        throw new FilterException(at + 1, "unknown operator; there are = != < <= > >= ~ =~ and in");
    }

    private void word() {
        int start = at;
        while (at < text.length() && wordCharacter(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new FilterException(at + 1, "this character must stand in quotes");
        }
        tokens.add(new Token(Kind.WORD, text.substring(start, at), start + 1));
    }

    static boolean wordCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "._-@:/*+%".indexOf(c) >= 0;
    }

    private void string(char quote) {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            value.append(c == '\\' ? escaped(start) : c);
        }
        if (at == text.length()) {
            throw new FilterException(start + 1, "the quote is not closed");
        }
        at++;
        tokens.add(new Token(Kind.STRING, value.toString(), start + 1));
    }

    /// Only quotes and the backslash are escaped; another escape stays as written, so that a
    /// regular expression needs no doubling.
    private String escaped(int start) {
        if (at == text.length()) {
            throw new FilterException(start + 1, "the quote is not closed");
        }
        char c = text.charAt(at++);
        return c == '"' || c == '\'' || c == '\\' ? String.valueOf(c) : "\\" + c;
    }
}

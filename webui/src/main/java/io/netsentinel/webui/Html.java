package io.netsentinel.webui;

/// Writes HTML: `raw` for what stands in this source code, `text` and `attribute` for everything
/// that came from outside. Attributes stand in single quotes, which a JSON string need not escape.
final class Html {
    private static final int ROW = 1_024;

    private final StringBuilder out = new StringBuilder(ROW);

    /// Markup written in the source, never data.
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /// Foreign text as the content of an element.
    Html text(String value) {
        escape(Visible.of(value));
        return this;
    }

    /// ` name='value'` with foreign text as the value.
    Html attribute(String name, String value) {
        out.append(' ').append(name).append("='");
        escape(Visible.of(value));
        out.append('\'');
        return this;
    }

    /// A whole number.
    Html number(long value) {
        out.append(value);
        return this;
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    /// What was written so far.
    Markup markup() {
        return new Markup(out.toString());
    }
}

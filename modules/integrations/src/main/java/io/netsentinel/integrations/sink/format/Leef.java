package io.netsentinel.integrations.sink.format;

import io.netsentinel.integrations.Visible;

/// Text as it stands in a LEEF 2.0 message. LEEF knows no escapes: what would end a field is
/// replaced, `|` in the header by `/`, the tab between attributes and line ends by a blank. Other
/// controls and characters that turn the direction of writing are shown as `\x1b` or `\u202e`.
public final class Leef {
    private Leef() {}

    /// A field of the header.
    public static String header(String text) {
        return value(text).replace('|', '/');
    }

    /// The value of an attribute. A `=` in it does no harm: the first one of an attribute counts.
    public static String value(String text) {
        return Visible.characters(text.replace('\t', ' ').replace('\n', ' ').replace('\r', ' '));
    }
}

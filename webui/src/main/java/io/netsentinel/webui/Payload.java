package io.netsentinel.webui;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/// Bytes from the wire, made readable.
///
/// @param title what they are
/// @param text printable characters only
/// @param style `wrap` for text, empty for a dump in columns
/// @param note how much is left out, empty for nothing
/// @param hex the same bytes as a dump in columns; empty when the text is that, or only text is
///   known
record Payload(String title, String text, String style, String note, String hex) {
    private static final int MAX_BYTES = 16 * 1_024;
    private static final int LINE = 16;
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    /// Text a sensor made printable itself.
    static Payload printable(String title, String text) {
        boolean whole = text.length() <= MAX_BYTES;
        return new Payload(
                title,
                Visible.of(whole ? text : text.substring(0, MAX_BYTES)),
                "wrap",
                left(whole, text.length()),
                "");
    }

    /// Bytes a sensor wrote in Base64: as text when they are text, as a dump otherwise. Text that
    /// is no Base64 is shown as it is.
    static Payload base64(String title, String encoded) {
        byte[] bytes;
        try {
            bytes = Base64.getMimeDecoder().decode(encoded);
        } catch (IllegalArgumentException _) {
            return printable(title + " (not valid Base64)", encoded);
        }
        boolean whole = bytes.length <= MAX_BYTES;
        byte[] shown = whole ? bytes : java.util.Arrays.copyOf(bytes, MAX_BYTES);
        String note = left(whole, bytes.length);
        return isText(shown)
                ? new Payload(
                        title,
                        Visible.of(
                                new String(shown, StandardCharsets.US_ASCII)
                                        .replace("\r\n", "\n")
                                        .stripTrailing()),
                        "wrap",
                        note,
                        dump(shown))
                : new Payload(title, dump(shown), "", note, "");
    }

    /// Whether it can be shown as a dump besides.
    boolean dumped() {
        return !hex.isEmpty();
    }

    private static String left(boolean whole, long length) {
        return whole
                ? ""
                : "The first " + Numbers.bytes(MAX_BYTES) + " of " + Numbers.bytes(length) + ".";
    }

    private static boolean isText(byte[] bytes) {
        for (byte b : bytes) {
            if ((b < ' ' && b != '\n' && b != '\r' && b != '\t') || b == 0x7F) {
                return false;
            }
        }
        return bytes.length > 0;
    }

    /// `00000000 47 45 54 20 2f … GET /`.
    private static String dump(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length * 5);
        for (int at = 0; at < bytes.length; at += LINE) {
            int end = Math.min(at + LINE, bytes.length);
            String hex = HEX.formatHex(bytes, at, end);
            out.append(String.format("%08x  %-47s  ", at, hex));
            for (int i = at; i < end; i++) {
                out.append(bytes[i] >= ' ' && bytes[i] < 0x7F ? (char) bytes[i] : '.');
            }
            out.append('\n');
        }
        return out.toString();
    }
}

package io.netsentinel.integrations;

/// A value as a cell of a CSV file (RFC 4180) that a spreadsheet shows and does not run: a cell
/// that would be taken for a formula gets a single quote in front. Controls and characters that
/// turn the direction of writing are shown as `\x1b` or `\u202e`; line ends stay, inside quotes.
public final class CsvCell {
    private static final String FORMULA = "=+-@\t\r\n\0＝＋－＠";

    private CsvCell() {}

    /// The cell, with its quotes when it needs any.
    public static String of(String text) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        String cell = (formula ? "'" : "") + visible(text);
        boolean quoted = cell.chars().anyMatch(c -> c == '"' || c == ',' || c == ';' || c == '\n');
        return quoted ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell;
    }

    /// What a spreadsheet does with a lone carriage return is not to be relied on.
    private static String visible(String text) {
        String[] lines = text.replace("\r\n", "\n").split("\n", -1);
        StringBuilder all = new StringBuilder(text.length() + 16);
        for (int i = 0; i < lines.length; i++) {
            all.append(i == 0 ? "" : "\n").append(Visible.characters(lines[i]));
        }
        return all.toString();
    }
}

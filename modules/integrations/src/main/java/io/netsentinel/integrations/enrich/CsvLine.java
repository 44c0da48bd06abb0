package io.netsentinel.integrations.enrich;

import java.util.ArrayList;
import java.util.List;

/// One line of a CSV file: cells between commas, a cell with commas in quotes, a quote in quotes
/// doubled (RFC 4180).
final class CsvLine {
    private CsvLine() {}

    /// The cells without blanks around them.
    ///
    /// @throws IllegalArgumentException when a quote is not closed
    static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"' && (quoted || cell.toString().isBlank())) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}

package io.netsentinel.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table for a terminal: columns as wide as their widest cell.
final class Columns {
    private Columns() {}

    static String of(List<Map<String, String>> rows) {
        Map<String, Integer> widths = new LinkedHashMap<>();
        for (Map<String, String> row : rows) {
            row.forEach((name, value) ->
                    widths.merge(name, Math.max(name.length(), value.length()), Math::max));
        }
        StringBuilder text = new StringBuilder();
        if (!rows.isEmpty()) {
            text.append(line(widths, new ArrayList<>(widths.keySet())));
        }
        for (Map<String, String> row : rows) {
            text.append(
                    line(
                            widths,
                            widths.keySet().stream()
                                    .map(name -> row.getOrDefault(name, ""))
                                    .toList()));
        }
        return text.toString();
    }

    private static String line(Map<String, Integer> widths, List<String> cells) {
        StringBuilder line = new StringBuilder();
        int column = 0;
        for (int width : widths.values()) {
            String cell = cells.get(column++);
            line.append(cell).repeat(' ', width - cell.length() + 2);
        }
        return line.toString().stripTrailing() + "\n";
    }
}

package io.netsentinel.webui;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.integrations.CsvCell;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A table of a page as a file: what it shows, as CSV that is safe to open in a spreadsheet, or as
/// JSON. Times are whole and numbers are plain.
enum SheetExport {
    /// A line for each row, the names of the columns above.
    CSV("csv", "text/csv; charset=utf-8"),
    /// A list with an object for each row.
    JSON("json", "application/json");

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern GROUPED = Pattern.compile("-?\\d{1,3}(,\\d{3})+");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private final String key;
    private final String type;

    SheetExport(String key, String type) {
        this.key = key;
        this.type = type;
    }

    static Optional<SheetExport> parse(String key) {
        for (SheetExport one : values()) {
            if (one.key.equals(key)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    String key() {
        return key;
    }

    /// The media type.
    String type() {
        return type;
    }

    String write(Sheet sheet) {
        return switch (this) {
            case CSV -> csv(sheet);
            case JSON -> json(sheet);
        };
    }

    private static String csv(Sheet sheet) {
        StringBuilder out = new StringBuilder();
        out.append(joined(sheet.columns().stream().map(Column::label).toList()));
        for (Line line : sheet.lines()) {
            out.append(joined(line.cells().stream().map(SheetExport::plain).toList()));
        }
        return out.toString();
    }

    private static String joined(List<String> cells) {
        return cells.stream().map(CsvCell::of).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String json(Sheet sheet) {
        ArrayNode rows = MAPPER.createArrayNode();
        for (Line line : sheet.lines()) {
            ObjectNode row = rows.addObject();
            for (int i = 0; i < sheet.columns().size(); i++) {
                Cell cell = line.cells().get(i);
                String text = plain(cell);
                if (cell.style().equals("num") && WHOLE.matcher(text).matches()) {
                    row.put(sheet.columns().get(i).label(), Long.parseLong(text));
                } else {
                    row.put(sheet.columns().get(i).label(), text);
                }
            }
        }
        return rows.toPrettyString() + "\n";
    }

    private static String plain(Cell cell) {
        if (cell.timed()) {
            return cell.time();
        }
        boolean grouped = cell.style().equals("num") && GROUPED.matcher(cell.text()).matches();
        return grouped ? cell.text().replace(",", "") : cell.text();
    }
}

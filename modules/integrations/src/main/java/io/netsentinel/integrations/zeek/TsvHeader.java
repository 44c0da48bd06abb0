package io.netsentinel.integrations.zeek;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the `#` lines of a Zeek file say, and reading lines by it. A later header replaces an
/// earlier one: a file that Zeek goes on with after a restart has several.
final class TsvHeader {
    private static final int MOST_COLUMNS = 1_000;
    private static final int MOST_ELEMENTS = 100;
    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");

    private String separator = "\t";
    private String setSeparator = ",";
    private String empty = "(empty)";
    private String unset = "-";
    private String path = "";
    private String[] fields = {};
    private String[] types = {};

    /// Takes a line that begins with `#`.
    void take(String line) {
        if (line.startsWith("#separator ")) {
            separator = unescaped(line.substring("#separator ".length()));
            return;
        }
        String[] words = line.split(Pattern.quote(separator), MOST_COLUMNS + 2);
        String value = words.length > 1 ? words[1] : "";
        switch (words[0]) {
            case "#set_separator" -> setSeparator = value.isEmpty() ? "," : unescaped(value);
            case "#empty_field" -> empty = value;
            case "#unset_field" -> unset = value;
            case "#path" -> path = value;
            case "#fields" -> fields = columns(words, true);
            case "#types" -> types = columns(words, false);
            default -> {
                // #open and #close, and comments
            }
        }
    }

    private static String[] columns(String[] words, boolean names) {
        if (words.length > MOST_COLUMNS) {
            return new String[0];
        }
        String[] columns = new String[words.length - 1];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = names ? words[i + 1].replace('.', '_') : words[i + 1];
        }
        return columns;
    }

    boolean known() {
        return fields.length > 0;
    }

    int columns() {
        return fields.length;
    }

    /// The log's name, empty when no line said it.
    String path() {
        return path;
    }

    /// The values of a line by field; empty when it does not have as many columns.
    Optional<Map<String, Object>> read(String line) {
        Map<String, Object> record = HashMap.newHashMap(fields.length);
        int at = 0;
        for (int i = 0; i < fields.length; i++) {
            boolean last = i == fields.length - 1;
            int end = line.indexOf(separator, at);
            if (last != end < 0) {
                return Optional.empty();
            }
            String value = line.substring(at, last ? line.length() : end);
            if (!value.equals(unset)) {
                record.put(fields[i], typed(value, i < types.length ? types[i] : "string"));
            }
            at = end + separator.length();
        }
        return Optional.of(record);
    }

    private Object typed(String value, String type) {
        if (type.startsWith("set[") || type.startsWith("vector[") || type.startsWith("table[")) {
            return elements(value, type);
        }
        return value.equals(empty) ? "" : scalar(value, type);
    }

    private List<Object> elements(String value, String type) {
        List<Object> elements = new ArrayList<>();
        if (value.equals(empty)) {
            return elements;
        }
        String inner = type.substring(type.indexOf('[') + 1, type.length() - 1);
        for (String element : value.split(Pattern.quote(setSeparator), MOST_ELEMENTS + 1)) {
            if (!element.equals(unset) && elements.size() < MOST_ELEMENTS) {
                elements.add(scalar(element, inner));
            }
        }
        return elements;
    }

    private static Object scalar(String value, String type) {
        return switch (type) {
            case "time", "interval", "double" -> decimal(value);
            case "count", "int", "port" ->
                    value.matches("-?\\d{1,18}") ? (Object) Long.valueOf(value) : value;
            case "bool" -> value.equals("T") ? (Object) true : value.equals("F") ? false : value;
            default -> unescaped(value);
        };
    }

    private static Object decimal(String value) {
        return value.matches("-?\\d{1,15}(\\.\\d{1,15})?(e[-+]\\d{1,2})?")
                ? (Object) Double.valueOf(value)
                : value;
    }

    private static String unescaped(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        return ESCAPE.matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(
                                String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }
}

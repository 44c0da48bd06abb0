package io.netsentinel.webui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The address of a page with its query. Empty values are left out.
///
/// @param path without the query
/// @param query names and values, in their order
record Href(String path, Map<String, String> query) {
    /// Copies the query.
    Href {
        query = new LinkedHashMap<>(query);
    }

    static Href of(String path) {
        return new Href(path, Map.of());
    }

    /// The same with another value; an empty one takes the name out.
    Href with(String name, String value) {
        Map<String, String> other = new LinkedHashMap<>(query);
        if (value.isEmpty()) {
            other.remove(name);
        } else {
            other.put(name, value);
        }
        return new Href(path, other);
    }

    String text() {
        return query.isEmpty()
                ? path
                : path
                        + "?"
                        + query.entrySet().stream()
                                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                                .collect(Collectors.joining("&"));
    }

    /// A text as it stands in a filter.
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
    }
}

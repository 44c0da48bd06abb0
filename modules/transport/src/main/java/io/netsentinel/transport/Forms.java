package io.netsentinel.transport;

import io.helidon.common.media.type.MediaType;
import io.helidon.http.HttpMediaType;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A body of HTML form fields (`application/x-www-form-urlencoded`). The guard may have read it
/// before the handler does, for the CSRF field, so it is read once and kept.
public final class Forms {
    private static final int MOST_FIELDS = 1_000;

    private final Map<String, List<String>> fields;

    private Forms(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /// Whether the body is a form.
    public static boolean isForm(ServerRequest request) {
        return request.headers()
                .contentType()
                .map(HttpMediaType::mediaType)
                .map(MediaType::text)
                .orElse("")
                .equals("application/x-www-form-urlencoded");
    }

    /// The form of a request.
    ///
    /// @throws Problem 415 when the body is something else, 400 when it is malformed, 413 when it
    ///   is too large
    public static Forms read(ServerRequest request) {
        return request.context().get(Forms.class).orElseGet(() -> parse(request));
    }

    /// The first value of a field, empty when it is missing.
    public String first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? "" : values.getFirst();
    }

    /// All values of a field, in order.
    public List<String> all(String name) {
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }

    private static Forms parse(ServerRequest request) {
        if (!isForm(request)) {
            throw Problem.unsupportedMediaType(
                    "the body must be sent as application/x-www-form-urlencoded");
        }
        Forms form = new Forms(fields(text(request)));
        request.context().register(form);
        return form;
    }

    private static String text(ServerRequest request) {
        try (InputStream body = request.content().inputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<String>> fields(String text) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        String[] pairs = text.isEmpty() ? new String[0] : text.split("&", MOST_FIELDS + 1);
        if (pairs.length > MOST_FIELDS) {
            throw Problem.badRequest("a form has at most " + MOST_FIELDS + " fields");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return fields;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw Problem.badRequest("the form is malformed");
        }
    }
}

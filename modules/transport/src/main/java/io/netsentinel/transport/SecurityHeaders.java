package io.netsentinel.transport;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The headers of every response, errors included: they switch off what a browser would otherwise
/// do with content that attackers have written.
final class SecurityHeaders {
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                    + " img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                    + " trusted-types htmx";

    private final List<Header> headers = new ArrayList<>();

    /// @param secure whether browsers come by TLS, so that they may be told to stay with it
    SecurityHeaders(boolean secure) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Content-Security-Policy", POLICY);
        all.put("X-Content-Type-Options", "nosniff");
        // not "no-referrer": browsers would then send "Origin: null" with our own forms
        all.put("Referrer-Policy", "same-origin");
        all.put("X-Frame-Options", "DENY");
        all.put("Cross-Origin-Opener-Policy", "same-origin");
        all.put("Cross-Origin-Resource-Policy", "same-origin");
        all.put("Cache-Control", "no-store");
        if (secure) {
            all.put("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        all.forEach((name, value) ->
                headers.add(HeaderValues.createCached(HeaderNames.create(name), value)));
    }

    /// Sets them; what is there already under the same name is replaced.
    void apply(WritableHeaders<?> response) {
        headers.forEach(response::set);
    }

    /// The same by name, for answers that are written elsewhere.
    Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        headers.forEach(header -> map.put(header.name(), header.get()));
        return map;
    }
}

package io.netsentinel.integrations.sink.kind;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/// The address of a target that is not spoken to over HTTP: `tls://siem.example.org:6514`.
///
/// @param scheme one of those that were allowed
/// @param host a name or an address, without brackets
/// @param port 1 to 65535
record SinkUrl(String scheme, String host, int port) {
    /// @param schemes what it may begin with
    /// @throws IllegalArgumentException when it is no such address
    static SinkUrl parse(String text, List<String> schemes) {
        try {
            URI uri = new URI(text);
            String host = uri.getHost();
            boolean bare =
                    uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                            && (uri.getRawPath() == null || uri.getRawPath().isEmpty());
            if (host != null && bare && schemes.contains(uri.getScheme()) && uri.getPort() > 0) {
                String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
                return new SinkUrl(uri.getScheme(), plain, uri.getPort());
            }
        } catch (URISyntaxException _) {
            // told below
        }
        throw new IllegalArgumentException(
                "url: expected %s://HOST:PORT, found \"%s\""
                        .formatted(String.join(":// or ", schemes), text));
    }

    /// As it was written.
    String text() {
        return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}

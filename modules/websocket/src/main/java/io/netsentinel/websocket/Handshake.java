package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ProxyProtocolData;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rules of RFC 6455 4.2.1 and 4.2.2 for a handshake.
final class Handshake {
    private static final HeaderName PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");

    private static final HeaderName EXTENSIONS = HeaderNames.create("Sec-WebSocket-Extensions");
    private static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
    private static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int NONCE_BYTES = 16;

    private Handshake() {}

    /// True for a request that may be answered with 101 at all; others ignore their `Upgrade`.
    static boolean possible(HttpPrologue prologue) {
        return prologue.method().equals(Method.GET) && prologue.protocolVersion().equals("1.1");
    }

    /// What is wrong with the request's headers, if anything.
    static Optional<Upgrade.Refuse> refusal(Headers headers) {
        if (tokens(headers, HeaderNames.CONNECTION).stream()
                .noneMatch("upgrade"::equalsIgnoreCase)) {
            return Optional.of(Upgrade.refuse(400, "the Connection header does not say Upgrade"));
        }
        if (!headers.all(VERSION, List::of).equals(List.of("13"))) {
            return Optional.of(wrongVersion());
        }
        List<String> keys = headers.all(KEY, List::of);
        if (keys.size() != 1 || !isNonce(keys.getFirst())) {
            return Optional.of(
                    Upgrade.refuse(400, "Sec-WebSocket-Key is not 16 bytes in Base64, once"));
        }
        try {
            extensions(headers);
        } catch (IllegalArgumentException e) {
            return Optional.of(Upgrade.refuse(400, String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    /// The extensions offered.
    ///
    /// @throws IllegalArgumentException when the header is malformed, which [#refusal(Headers)]
    ///   says as well
    static List<ExtensionOffer> extensions(Headers headers) {
        return headers.contains(EXTENSIONS)
                ? ExtensionOffer.parse(headers.all(EXTENSIONS, List::of))
                : List.of();
    }

    /// The request as the application sees it.
    static UpgradeRequest request(
            ConnectionContext context, HttpPrologue prologue, Headers headers) {
        return new UpgradeRequest(
                prologue.uriPath().path(),
                prologue.query().rawValue(),
                headers,
                List.copyOf(tokens(headers, PROTOCOL)),
                context.remotePeer().address(),
                context.proxyProtocolData().map(ProxyProtocolData::sourceAddress),
                context.localPeer().address(),
                context.isSecure(),
                context.remotePeer().tlsCertificates().map(chain -> chain[0]));
    }

    /// @throws IllegalArgumentException when the application chose what the client did not offer
    static void requireOffered(Headers headers, Optional<String> chosen) {
        if (chosen.isPresent() && !tokens(headers, PROTOCOL).contains(chosen.get())) {
            throw new IllegalArgumentException("subprotocol was not offered: " + chosen.get());
        }
    }

    /// The value of `Sec-WebSocket-Accept`.
    static String accept(Headers headers) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((headers.get(KEY).get() + GUID).getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /// The members of a list header over all its lines, in order, each once.
    static Set<String> tokens(Headers headers, HeaderName name) {
        Set<String> tokens = new LinkedHashSet<>();
        for (String line : headers.all(name, List::of)) {
            for (String token : line.split(",", -1)) {
                tokens.add(token.strip());
            }
        }
        tokens.remove("");
        return tokens;
    }

    private static Upgrade.Refuse wrongVersion() {
        return new Upgrade.Refuse(
                426,
                Map.of(
                        "Sec-WebSocket-Version", "13",
                        "Upgrade", "websocket",
                        "Content-Type", "text/plain; charset=utf-8"),
                "Sec-WebSocket-Version must be 13");
    }

    private static boolean isNonce(String key) {
        try {
            return key.length() == 24 && Base64.getDecoder().decode(key).length == NONCE_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

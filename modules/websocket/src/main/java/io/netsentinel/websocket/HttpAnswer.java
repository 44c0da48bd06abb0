package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.Status;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/// The bytes of the two HTTP responses made here, outside of Helidon's routing.
final class HttpAnswer {
    private HttpAnswer() {}

    /// @param extension what was agreed on, as it stands in the header
    static byte[] switchingProtocols(
            String accept, Upgrade.Accept upgrade, Optional<String> extension) {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 101 Switching Protocols\r\n");
        add(head, "Upgrade", "websocket");
        add(head, "Connection", "Upgrade");
        add(head, "Sec-WebSocket-Accept", accept);
        upgrade.subprotocol().ifPresent(chosen -> add(head, "Sec-WebSocket-Protocol", chosen));
        extension.ifPresent(agreed -> add(head, "Sec-WebSocket-Extensions", agreed));
        upgrade.headers().forEach((name, value) -> add(head, name, value));
        return head.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    static byte[] refusal(Upgrade.Refuse refusal) {
        Map<String, String> headers = refusal.headers();
        byte[] body = refusal.body().getBytes(UTF_8);
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(refusal.status()).append(' ');
        head.append(Status.create(refusal.status()).reasonPhrase()).append("\r\n");
        add(
                head,
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
        add(head, "Connection", headers.containsKey("Upgrade") ? "upgrade, close" : "close");
        add(head, "Content-Length", Integer.toString(body.length));
        headers.forEach((name, value) -> add(head, name, value));
        byte[] start = head.append("\r\n").toString().getBytes(ISO_8859_1);
        byte[] answer = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, answer, start.length, body.length);
        return answer;
    }

    private static void add(StringBuilder head, String name, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0 || name.indexOf(':') >= 0) {
            throw new IllegalArgumentException("not a header: " + name);
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }
}

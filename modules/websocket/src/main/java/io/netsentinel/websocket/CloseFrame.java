package io.netsentinel.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.websocket.WsCloseCodes;
import java.util.Arrays;

/// What a close frame says (RFC 6455 5.5.1, 7.4).
///
/// @param code 1005 when the frame carries none
/// @param reason empty, or text of the peer's choice
record CloseFrame(int code, String reason) {
    /// A control frame's payload at most.
    static final int MAX_PAYLOAD = 125;

    private static final byte[] EMPTY = {};

    /// Reads and checks a payload.
    static CloseFrame parse(byte[] payload) {
        if (payload.length == 0) {
            return new CloseFrame(WsCloseCodes.NO_STATUS_CODE, "");
        }
        if (payload.length == 1) {
            throw new Violation(WsCloseCodes.PROTOCOL_ERROR, "close frame with half a code");
        }
        int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        if (!valid(code)) {
            throw new Violation(WsCloseCodes.PROTOCOL_ERROR, "invalid close code");
        }
        if (!Utf8.valid(payload, 2, payload.length)) {
            throw new Violation(WsCloseCodes.NOT_CONSISTENT, "close reason is not UTF-8");
        }
        return new CloseFrame(code, new String(payload, 2, payload.length - 2, UTF_8));
    }

    /// The payload; a reason that is too long is cut between two code points.
    byte[] payload() {
        if (code == WsCloseCodes.NO_STATUS_CODE) {
            return EMPTY;
        }
        byte[] text = reason.getBytes(UTF_8);
        byte[] payload = Arrays.copyOf(EMPTY, 2 + cut(text));
        payload[0] = (byte) (code >>> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, payload.length - 2);
        return payload;
    }

    /// True for codes that may stand in a frame.
    static boolean valid(int code) {
        return switch (code) {
            case WsCloseCodes.NORMAL_CLOSE,
                    WsCloseCodes.GOING_AWAY,
                    WsCloseCodes.PROTOCOL_ERROR,
                    WsCloseCodes.CANNOT_ACCEPT ->
                    true;
            default ->
                    (code >= WsCloseCodes.NOT_CONSISTENT && code <= WsCloseCodes.BAD_GATEWAY)
                            || (code >= WsCloseCodes.REGISTERED_AT_IANA_MIN
                                    && code <= WsCloseCodes.APPLICATION_MAX);
        };
    }

    static void checkControlLength(int length) {
        if (length > MAX_PAYLOAD) {
            throw new IllegalArgumentException(
                    "a control frame carries at most 125 bytes: " + length);
        }
    }

    private static int cut(byte[] text) {
        int length = Math.min(text.length, MAX_PAYLOAD - 2);
        while (length < text.length && length > 0 && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }
}

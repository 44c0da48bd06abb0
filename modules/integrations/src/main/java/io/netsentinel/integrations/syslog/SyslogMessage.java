package io.netsentinel.integrations.syslog;

import java.util.Map;

/// The parts of a syslog message. What it does not say is empty.
///
/// @param priority the number in angle brackets, facility × 8 + severity; -1 when there is none
/// @param version 1 for RFC 5424, else 0
/// @param time ISO 8601, UTC
/// @param host who says it is from
/// @param app the program, RFC 3164's tag
/// @param process its process
/// @param id the kind of message: RFC 5424's MSGID, Cisco's mnemonic
/// @param data RFC 5424's structured data, `id.name` to value
/// @param text what is left
record SyslogMessage(
        int priority,
        int version,
        String time,
        String host,
        String app,
        String process,
        String id,
        Map<String, String> data,
        String text) {
    private static final int HIGHEST = 191;

    boolean hasPriority() {
        return priority >= 0;
    }

    int severity() {
        return priority & 7;
    }

    int facility() {
        return priority >> 3;
    }

    /// Takes a message apart. There is none that cannot be: what is not understood is text.
    static SyslogMessage parse(String line, SyslogTime times) {
        int close = line.indexOf('>');
        int priority = close >= 2 && close <= 4 && line.charAt(0) == '<' ? number(line, close) : -1;
        String rest = priority < 0 ? line : line.substring(close + 1);
        if (priority >= 0 && rest.startsWith("1 ")) {
            SyslogMessage message = new Rfc5424(rest, priority).parse();
            if (message != null) {
                return message;
            }
        }
        return new Rfc3164(rest, priority, times).parse();
    }

    private static int number(String line, int end) {
        int value = 0;
        for (int i = 1; i < end; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value <= HIGHEST ? value : -1;
    }
}

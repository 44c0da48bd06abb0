package io.netsentinel.integrations.syslog;

import io.netsentinel.integrations.record.RecordTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes a message of RFC 5424 apart: `1 TIME HOST APP PROCESS ID [DATA] TEXT`.
final class Rfc5424 {
    private static final int MOST_PARAMETERS = 64;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_VALUE = 8_192;

    private final String line;
    private final int priority;
    private int at = 2;

    /// @param line what stands behind the priority
    Rfc5424(String line, int priority) {
        this.line = line;
        this.priority = priority;
    }

    /// Null when it is something else that only begins alike.
    @Nullable SyslogMessage parse() {
        String stamp = word();
        Optional<String> time = stamp.isEmpty() ? Optional.of("") : RecordTime.parse(stamp);
        if (time.isEmpty()) {
            return null;
        }
        String host = word();
        String app = word();
        String process = word();
        String id = word();
        if (at > line.length()) {
            return null;
        }
        Map<String, String> data = new LinkedHashMap<>();
        if (!structured(data)) {
            return null;
        }
        return new SyslogMessage(priority, 1, time.get(), host, app, process, id, data, text());
    }

    /// The next word, empty for `-`. Behind the last one `at` is beyond the end.
    private String word() {
        if (at > line.length()) {
            return "";
        }
        int space = line.indexOf(' ', at);
        int end = space < 0 ? line.length() : space;
        String word = line.substring(at, end);
        at = end + 1;
        return word.equals("-") ? "" : word;
    }

    private String text() {
        if (at >= line.length()) {
            return "";
        }
        int start = line.charAt(at) == ' ' ? at + 1 : at;
        boolean mark = start < line.length() && line.charAt(start) == '\uFEFF';
        return line.substring(mark ? start + 1 : start);
    }

    /// Reads `-` or `[id name="value"]…`.
    private boolean structured(Map<String, String> data) {
        if (at >= line.length()) {
            return false;
        }
        if (line.charAt(at) == '-') {
            at++;
            return at == line.length() || line.charAt(at) == ' ';
        }
        boolean any = false;
        while (at < line.length() && line.charAt(at) == '[') {
            at++;
            if (!element(data)) {
                return false;
            }
            any = true;
        }
        return any;
    }

    private boolean element(Map<String, String> data) {
        String id = name(" ]");
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
            String name = name("=");
            if (at + 1 >= line.length() || line.charAt(at) != '=' || line.charAt(at + 1) != '"') {
                return false;
            }
            at += 2;
            String value = value();
            if (data.size() < MOST_PARAMETERS && plain(id) && plain(name)) {
                data.put(id.replace('.', '_') + "." + name.replace('.', '_'), value);
            }
        }
        boolean closed = at < line.length() && line.charAt(at) == ']';
        at++;
        return closed;
    }

    private static boolean plain(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME;
    }

    private String name(String ends) {
        int start = at;
        while (at < line.length() && ends.indexOf(line.charAt(at)) < 0 && line.charAt(at) != '"') {
            at++;
        }
        return line.substring(start, at);
    }

    /// Up to the closing quote; `\"`, `\\` and `\]` stand for the second character.
    private String value() {
        StringBuilder value = new StringBuilder();
        while (at < line.length() && line.charAt(at) != '"') {
            boolean escape =
                    line.charAt(at) == '\\'
                            && at + 1 < line.length()
                            && "\"\\]".indexOf(line.charAt(at + 1)) >= 0;
            at += escape ? 1 : 0;
            if (value.length() < LONGEST_VALUE) {
                value.append(line.charAt(at));
            }
            at++;
        }
        at++;
        return value.toString();
    }
}

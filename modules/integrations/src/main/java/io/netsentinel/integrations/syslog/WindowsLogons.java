package io.netsentinel.integrations.syslog;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.List;

/// Windows' security log as Snare sends it: fields with tabs between them.
final class WindowsLogons {
    private static final String NAME = "MSWinEventLog";
    private static final String ACCOUNT = "Account Name:";
    private static final String ADDRESS = "Source Network Address:";
    private static final int NUMBER = 5;

    private WindowsLogons() {}

    /// Whether it was a logon; a message that is from Windows gets its number in any case.
    static boolean complete(Event.Builder event, SyslogMessage message) {
        String text = message.text();
        if (!text.startsWith(NAME)) {
            return false;
        }
        String[] parts = text.split("\t", NUMBER + 3);
        if (parts.length <= NUMBER + 1 || !parts[NUMBER].matches("\\d{1,5}")) {
            return false;
        }
        event.put("event.code", parts[NUMBER]);
        event.putText("event.provider", parts[NUMBER + 1]);
        return switch (parts[NUMBER]) {
            case "4624" -> logon(event, text, "New Logon:", "success");
            case "4625" -> logon(event, text, "Account For Which Logon Failed:", "failure");
            default -> false;
        };
    }

    /// Several accounts are named: the one that logs on stands below its own heading.
    private static boolean logon(Event.Builder event, String text, String heading, String outcome) {
        event.put(Fields.EVENT_KIND, "event");
        event.put(Fields.EVENT_CATEGORY, List.of("authentication"));
        event.put(Fields.EVENT_TYPE, List.of("start"));
        event.put(Fields.EVENT_ACTION, "login");
        event.put(Fields.EVENT_OUTCOME, outcome);
        int account = text.indexOf(ACCOUNT, Math.max(0, text.indexOf(heading)));
        if (account >= 0) {
            event.putText(Fields.USER_NAME, word(text, account + ACCOUNT.length()));
        }
        int address = text.lastIndexOf(ADDRESS);
        if (address >= 0) {
            String value = word(text, address + ADDRESS.length());
            if (!value.equals("-")) {
                Logins.address(event, value);
            }
        }
        return true;
    }

    private static String word(String text, int from) {
        int start = from;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        int end = start;
        while (end < text.length()
                && end - start < 256
                && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }
}

package io.netsentinel.integrations.zeek;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IpAddress;
import io.netsentinel.events.ThreatScore;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What follows from the fields of a record, log by log.
final class ZeekDetail {
    private static final String FAILURE = "failure";
    private static final String SUCCESS = "success";

    private ZeekDetail() {}

    static void complete(Event.Builder event, String path, Map<String, Object> record) {
        switch (path) {
            case "conn" -> conn(event, record);
            case "dns" -> dns(event, record);
            case "http" -> http(event);
            case "ssl" -> tls(event);
            case "notice" -> notice(event);
            case "intel", "signatures" -> match(event, path);
            case "weird" -> weird(event);
            case "ssh" -> ssh(event);
            case "ftp" -> ftp(event);
            case "kerberos" -> outcome(event, "krb5", event.text("ns.krb5.success"));
            case "ntlm" -> outcome(event, "ntlm", event.text("ns.ntlm.success"));
            case "radius" ->
                    outcome(
                            event,
                            "radius",
                            Boolean.toString(event.text("ns.radius.result").equals(SUCCESS)));
            default -> protocol(event, path);
        }
        String name = event.text(Fields.FILE_PATH);
        event.putText(
                Fields.FILE_NAME,
                name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1));
    }

    private static void protocol(Event.Builder event, String path) {
        if (!event.has(Fields.NETWORK_PROTOCOL)
                && event.has(Fields.SOURCE_IP)
                && ZeekLogs.of(path).types().contains("protocol")) {
            event.put(Fields.NETWORK_PROTOCOL, path.startsWith("smb_") ? "smb" : path);
        }
    }

    private static void conn(Event.Builder event, Map<String, Object> record) {
        sum(event, Fields.NETWORK_BYTES, Fields.SOURCE_BYTES, Fields.DESTINATION_BYTES);
        sum(event, Fields.NETWORK_PACKETS, Fields.SOURCE_PACKETS, Fields.DESTINATION_PACKETS);
        String start = event.text(Fields.TIMESTAMP);
        event.put(Fields.EVENT_START, start);
        if (record.get("duration") instanceof Number number) {
            double seconds = number.doubleValue();
            if (seconds >= 0 && seconds < 1e9) {
                long nanos = Math.round(seconds * 1e9);
                event.put(Fields.EVENT_DURATION, nanos);
                end(start, nanos).ifPresent(end -> event.put(Fields.EVENT_END, end));
            }
        }
        if (record.get("local_orig") instanceof Boolean from
                && record.get("local_resp") instanceof Boolean to) {
            event.put(Fields.NETWORK_DIRECTION, direction(from, to));
        }
    }

    private static Optional<Instant> end(String start, long nanos) {
        try {
            return Optional.of(Instant.parse(start).plusNanos(nanos));
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    private static String direction(boolean from, boolean to) {
        if (from) {
            return to ? "internal" : "outbound";
        }
        return to ? "inbound" : "external";
    }

    private static void sum(Event.Builder event, String total, String a, String b) {
        if (event.has(a)) {
            event.put(total, event.number(a, 0) + event.number(b, 0));
        }
    }

    private static void dns(Event.Builder event, Map<String, Object> record) {
        event.put(Fields.NETWORK_PROTOCOL, "dns");
        event.put(Fields.DNS_TYPE, event.has(Fields.DNS_RESPONSE_CODE) ? "answer" : "query");
        List<String> flags = new ArrayList<>();
        for (String flag : List.of("AA", "TC", "RD", "RA")) {
            if (Boolean.TRUE.equals(record.get(flag))) {
                flags.add(flag);
            }
        }
        if (!flags.isEmpty()) {
            event.put(Fields.DNS_HEADER_FLAGS, flags);
        }
        if (record.get("answers") instanceof List<?> answers && !answers.isEmpty()) {
            answers(event, answers);
        }
    }

    private static void answers(Event.Builder event, List<?> answers) {
        List<Map<String, Object>> records = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        for (Object answer : answers) {
            records.add(Map.of("data", answer));
            IpAddress.parse(answer.toString()).map(IpAddress::text).ifPresent(addresses::add);
        }
        event.put(Fields.DNS_ANSWERS, records);
        if (!addresses.isEmpty()) {
            event.put(Fields.DNS_RESOLVED_IP, addresses);
        }
    }

    private static void http(Event.Builder event) {
        event.put(Fields.NETWORK_PROTOCOL, "http");
        String uri = event.text(Fields.URL_ORIGINAL);
        if (uri.startsWith("/")) {
            int query = uri.indexOf('?');
            event.put(Fields.URL_PATH, query < 0 ? uri : uri.substring(0, query));
            if (query >= 0) {
                event.put(Fields.URL_QUERY, uri.substring(query + 1));
            }
        }
        long status = event.number(Fields.HTTP_RESPONSE_STATUS_CODE, 0);
        if (status > 0) {
            event.put(Fields.EVENT_OUTCOME, status < 400 ? SUCCESS : FAILURE);
        }
    }

    /// `TLSv12` and `TLSv1.2` are both written.
    private static void tls(Event.Builder event) {
        event.put(Fields.NETWORK_PROTOCOL, "tls");
        String version = event.text(Fields.TLS_VERSION);
        int v = version.indexOf('v');
        if (v > 0 && version.length() > v + 1 && version.length() <= 16) {
            String number = version.substring(v + 1);
            event.put(
                    Fields.TLS_VERSION_PROTOCOL, version.substring(0, v).toLowerCase(Locale.ROOT));
            event.put(
                    Fields.TLS_VERSION,
                    number.matches("\\d\\d") ? number.charAt(0) + "." + number.charAt(1) : number);
        }
    }

    private static void notice(Event.Builder event) {
        String note = event.text(Fields.RULE_NAME);
        int colons = note.indexOf("::");
        event.put(Fields.RULE_ID, note.isEmpty() ? "notice" : note);
        event.putText(Fields.RULE_CATEGORY, colons < 0 ? "" : note.substring(0, colons));
        event.put(Fields.RULE_RULESET, "zeek");
        if (event.text(Fields.MESSAGE).isEmpty()) {
            event.put(Fields.MESSAGE, note);
        }
        boolean attack = note.startsWith("Scan::") || note.endsWith("::Password_Guessing");
        event.score(
                attack
                        ? ThreatScore.of("Zeek notice of a scan or of password guessing", 73)
                        : ThreatScore.of("Zeek notice", 47));
        group(event, note);
    }

    private static void match(Event.Builder event, String path) {
        String name = event.text(Fields.RULE_NAME);
        String what = name.isEmpty() ? event.text("threat.indicator.name") : name;
        event.put(Fields.RULE_NAME, what.isEmpty() ? "Zeek " + path : what);
        event.put(Fields.RULE_ID, path);
        event.put(Fields.RULE_RULESET, "zeek");
        if (event.text(Fields.MESSAGE).isEmpty()) {
            event.put(Fields.MESSAGE, event.text(Fields.RULE_NAME));
        }
        event.score(ThreatScore.of("Zeek " + path, 47));
        group(event, what);
    }

    private static void weird(Event.Builder event) {
        String name = event.text(Fields.EVENT_REASON);
        event.put(Fields.MESSAGE, "weird " + name);
        event.score(ThreatScore.of("Zeek weird", 10));
        group(event, name);
    }

    private static void group(Event.Builder event, String what) {
        event.put(
                Fields.NS_DEDUP_KEY,
                what
                        + "|"
                        + event.text(Fields.SOURCE_IP)
                        + "|"
                        + event.text(Fields.DESTINATION_IP));
    }

    private static void ssh(Event.Builder event) {
        // without an attempt there was no login, only a connection
        boolean tried = event.number("ns.ssh.auth_attempts", 1) > 0;
        outcome(event, "ssh", tried ? event.text("ns.ssh.auth_success") : "");
    }

    private static void ftp(Event.Builder event) {
        boolean refused = event.text("ns.ftp.reply_code").equals("530");
        boolean login = event.text(Fields.EVENT_ACTION).equals("pass");
        outcome(event, "ftp", refused ? "false" : login ? "true" : "");
    }

    private static void outcome(Event.Builder event, String protocol, String success) {
        event.put(Fields.NETWORK_PROTOCOL, protocol);
        switch (success) {
            case "true" -> event.put(Fields.EVENT_OUTCOME, SUCCESS);
            case "false" -> event.put(Fields.EVENT_OUTCOME, FAILURE);
            default -> {
                // it says nothing
            }
        }
    }
}

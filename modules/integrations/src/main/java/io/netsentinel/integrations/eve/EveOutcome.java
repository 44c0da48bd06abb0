package io.netsentinel.integrations.eve;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.List;
import java.util.Locale;

/// Whether a transaction succeeded, and one line about it, for each protocol that says so.
final class EveOutcome {
    private static final String SUCCESS = "success";
    private static final String FAILURE = "failure";

    private EveOutcome() {}

    static void complete(Event.Builder event, String type) {
        switch (type) {
            case "flow", "netflow" -> flow(event, type);
            case "http" -> http(event);
            case "dns", "mdns" -> dns(event, type);
            case "tls", "quic" ->
                    message(
                            event,
                            type,
                            event.text(Fields.TLS_CLIENT_SERVER_NAME),
                            event.text(Fields.TLS_VERSION));
            case "ssh" ->
                    message(
                            event,
                            type,
                            event.text("ns.ssh.client.software"),
                            event.text("ns.ssh.server.software"));
            case "ftp" -> ftp(event);
            case "smb" -> smb(event);
            case "krb5" -> krb5(event);
            case "ldap" -> result(event, type, event.text("ns.ldap.result"), SUCCESS);
            case "sip" -> sip(event);
            case "nfs" -> result(event, type, event.text("ns.nfs.status"), "OK");
            case "rfb" -> result(event, type, event.text("ns.rfb.security_result"), "ok");
            case "pop3" -> result(event, type, event.text("ns.pop3.success"), "true");
            case "smtp" ->
                    message(
                            event,
                            type,
                            list(event, Fields.EMAIL_FROM_ADDRESS),
                            event.text(Fields.EMAIL_SUBJECT));
            case "fileinfo" -> message(event, "file", event.text(Fields.FILE_PATH), "");
            default ->
                    message(
                            event,
                            type,
                            event.text(Fields.EVENT_ACTION),
                            event.text(Fields.FILE_PATH));
        }
    }

    private static void flow(Event.Builder event, String type) {
        String protocol = event.text(Fields.NETWORK_PROTOCOL);
        message(
                event,
                type,
                protocol.isEmpty() ? event.text(Fields.NETWORK_TRANSPORT) : protocol,
                event.text(Fields.NS_FLOW_STATE));
    }

    private static void http(Event.Builder event) {
        long status = event.number(Fields.HTTP_RESPONSE_STATUS_CODE, 0);
        if (status > 0) {
            outcome(event, status < 400);
        }
        String method = event.text(Fields.HTTP_REQUEST_METHOD);
        event.putText(Fields.EVENT_ACTION, method.toLowerCase(Locale.ROOT));
        message(
                event,
                method.isEmpty() ? "http" : method,
                event.text(Fields.URL_DOMAIN) + event.text(Fields.URL_PATH),
                status > 0 ? Long.toString(status) : "");
    }

    private static void dns(Event.Builder event, String type) {
        String code = event.text(Fields.DNS_RESPONSE_CODE);
        if (!code.isEmpty()) {
            outcome(event, code.equals("NOERROR"));
        }
        message(
                event,
                type + " " + event.text(Fields.DNS_TYPE),
                event.text(Fields.DNS_QUESTION_TYPE),
                event.text(Fields.DNS_QUESTION_NAME));
    }

    /// The answer to `PASS` says whether a sign-in worked; the argument of `PASS` is not repeated,
    /// it is in `raw` only.
    private static void ftp(Event.Builder event) {
        String command = event.text(Fields.EVENT_ACTION);
        String argument = event.text("ns.ftp.argument");
        if (command.equals("user")) {
            event.putText(Fields.USER_NAME, argument);
        }
        if (command.equals("pass")) {
            event.remove("ns.ftp.argument");
        }
        if (event.value("ns.ftp.reply_code").orElse("") instanceof List<?> codes
                && !codes.isEmpty()) {
            char first = (codes.getLast() + " ").charAt(0);
            outcome(event, first != '4' && first != '5');
        }
        message(event, "ftp", command, command.equals("pass") ? "" : argument);
    }

    private static void smb(Event.Builder event) {
        String status = event.text("ns.smb.status");
        if (!status.isEmpty() && !status.equals("STATUS_MORE_PROCESSING_REQUIRED")) {
            outcome(event, status.equals("STATUS_SUCCESS"));
        }
        message(event, "smb", event.text(Fields.EVENT_ACTION), event.text(Fields.FILE_PATH));
    }

    /// An error that only asks for another way of asking is no failure.
    private static void krb5(Event.Builder event) {
        String error = event.text("ns.krb5.error");
        boolean harmless = error.contains("PREAUTH_REQUIRED") || error.contains("RESPONSE_TOO_BIG");
        if (event.text(Fields.EVENT_ACTION).endsWith("_rep")) {
            outcome(event, true);
        } else if (!error.isEmpty() && !harmless) {
            outcome(event, false);
        }
        message(event, "krb5", event.text(Fields.EVENT_ACTION), event.text(Fields.USER_NAME));
    }

    /// 401 and 407 only ask for a password.
    private static void sip(Event.Builder event) {
        long code = event.number("ns.sip.code", 0);
        if (code >= 200 && code != 401 && code != 407) {
            outcome(event, code < 400);
        }
        message(event, "sip", event.text(Fields.EVENT_ACTION), event.text("ns.sip.uri"));
    }

    private static void result(Event.Builder event, String type, String result, String good) {
        if (!result.isEmpty()) {
            outcome(event, result.equals(good));
        }
        message(event, type, event.text(Fields.EVENT_ACTION), event.text(Fields.FILE_PATH));
    }

    private static String list(Event.Builder event, String path) {
        return event.value(path).orElse("") instanceof List<?> list && !list.isEmpty()
                ? String.valueOf(list.getFirst())
                : "";
    }

    private static void outcome(Event.Builder event, boolean good) {
        event.put(Fields.EVENT_OUTCOME, good ? SUCCESS : FAILURE);
    }

    private static void message(Event.Builder event, String what, String more, String most) {
        StringBuilder text = new StringBuilder(what);
        if (!more.isEmpty()) {
            text.append(' ').append(more);
        }
        if (!most.isEmpty()) {
            text.append(' ').append(most);
        }
        event.put(Fields.MESSAGE, text.toString());
    }
}

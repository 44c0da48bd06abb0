package io.netsentinel.detection.finding;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which events say, each in its own way, that somebody could not sign in.
final class FailedLogin {
    static final Set<String> FIELDS =
            Set.of(
                    Fields.EVENT_DATASET,
                    Fields.EVENT_MODULE,
                    Fields.EVENT_CATEGORY,
                    Fields.EVENT_ACTION,
                    Fields.EVENT_OUTCOME,
                    Fields.SOURCE_IP,
                    Fields.DESTINATION_IP,
                    Fields.DESTINATION_PORT,
                    Fields.DESTINATION_BYTES,
                    Fields.NETWORK_PROTOCOL,
                    Fields.HTTP_RESPONSE_STATUS_CODE,
                    Fields.HOST_HOSTNAME,
                    Fields.USER_NAME,
                    Fields.NS_FLOW_STATE,
                    "process.name",
                    "ns.ftp.reply_code",
                    "ns.smb.status",
                    "ns.krb5.error",
                    "ns.ldap.result");

    private static final String FAILURE = "failure";
    private static final Set<String> LOGON_FAILURES =
            Set.of(
                    "STATUS_LOGON_FAILURE",
                    "STATUS_WRONG_PASSWORD",
                    "STATUS_ACCOUNT_LOCKED_OUT",
                    "STATUS_NO_SUCH_USER");

    /// What a server of SSH sends until it refuses the second password or lets somebody in: key
    /// exchange and refusals, no session. Measured on OpenSSH: 3.3 to 3.8 KB for one to three
    /// passwords, and a session that runs one command above 4 KB.
    private static final long SSH_NO_SESSION = 3_900;

    private static final int SSH_HANDSHAKE = 1_200;

    private FailedLogin() {}

    /// The service where a sign-in failed; empty when the event says no such thing.
    static Optional<String> service(Event event) {
        return switch (event.text(Fields.EVENT_DATASET)) {
            case "suricata.ftp" -> when(ftp(event), "ftp");
            case "suricata.smb" ->
                    when(LOGON_FAILURES.contains(event.text("ns.smb.status")), "smb");
            case "suricata.krb5" ->
                    when(event.text("ns.krb5.error").contains("PREAUTH_FAILED"), "kerberos");
            case "suricata.ldap" ->
                    when(event.text("ns.ldap.result").equals("invalid_credentials"), "ldap");
            case "suricata.rfb" -> when(failed(event), "vnc");
            case "suricata.pop3" ->
                    when(event.text(Fields.EVENT_ACTION).equals("pass") && failed(event), "pop3");
            case "zeek.http" -> when(http(event), "http");
            case "suricata.flow" -> when(ssh(event), "ssh");
            default -> said(event);
        };
    }

    /// Logs, honeypots and sensors that say so themselves.
    private static Optional<String> said(Event event) {
        if (!failed(event) || !authentication(event)) {
            return Optional.empty();
        }
        String protocol = event.text(Fields.NETWORK_PROTOCOL);
        if (!protocol.isEmpty()) {
            return Optional.of(protocol);
        }
        String process = event.text("process.name");
        return Optional.of(process.isEmpty() ? event.text(Fields.EVENT_MODULE) : process);
    }

    private static boolean authentication(Event event) {
        Object category = event.value(Fields.EVENT_CATEGORY).orElse("");
        return category instanceof List<?> list
                ? list.contains("authentication")
                : category.equals("authentication");
    }

    private static boolean ftp(Event event) {
        return event.value("ns.ftp.reply_code").orElse("") instanceof List<?> codes
                && codes.contains("530")
                && event.text(Fields.EVENT_ACTION).equals("pass");
    }

    /// A 401 to somebody who named a user; without one it only asks for a name, as with every first
    /// step of NTLM and Negotiate.
    private static boolean http(Event event) {
        return event.number(Fields.HTTP_RESPONSE_STATUS_CODE, 0) == 401
                && !event.text(Fields.USER_NAME).isEmpty();
    }

    /// What is said inside SSH cannot be seen, but how much is.
    private static boolean ssh(Event event) {
        long sent = event.number(Fields.DESTINATION_BYTES, 0);
        return event.text(Fields.NETWORK_PROTOCOL).equals("ssh")
                && event.text(Fields.NS_FLOW_STATE).equals("closed")
                && sent > SSH_HANDSHAKE
                && sent < SSH_NO_SESSION;
    }

    private static boolean failed(Event event) {
        return event.text(Fields.EVENT_OUTCOME).equals(FAILURE);
    }

    private static Optional<String> when(boolean yes, String service) {
        return yes ? Optional.of(service) : Optional.empty();
    }
}

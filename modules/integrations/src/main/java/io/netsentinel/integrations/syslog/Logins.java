package io.netsentinel.integrations.syslog;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IpAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Recognises who logged in, or tried to: `event.category` authentication, `event.outcome`, user
/// and address.
///
/// All patterns are tried at the beginning of the text only, and take the last address there is: a
/// user name is chosen by the attacker and may look like the rest of the line.
final class Logins {
    private static final String FAILURE = "failure";
    private static final String SUCCESS = "success";
    private static final String UNKNOWN = "unknown";
    private static final int MOST = 2_048;

    /// @param outcome one of ECS
    private record Rule(String outcome, Pattern pattern) {
        static Rule of(String outcome, String pattern) {
            return new Rule(outcome, Pattern.compile(pattern));
        }
    }

    private static final String USER = "(?<user>.{0,256})";
    private static final String FROM = " from (?<ip>[0-9A-Fa-f:.%a-z]{1,64})";
    private static final String PORT = " port (?<port>\\d{1,5})";

    private static final List<Rule> SSH =
            List.of(
                    Rule.of(
                            FAILURE,
                            "Failed (?<method>\\S{1,64}) for (?:(?:invalid|illegal) user )?"
                                    + USER
                                    + FROM
                                    + PORT),
                    Rule.of(SUCCESS, "Accepted (?<method>\\S{1,64}) for " + USER + FROM + PORT),
                    Rule.of(
                            FAILURE,
                            "(?:error: )?maximum authentication attempts exceeded for (?:invalid user )?"
                                    + USER
                                    + FROM
                                    + PORT),
                    Rule.of(UNKNOWN, "Invalid user " + USER + FROM + "(?:" + PORT + ")?"),
                    Rule.of(
                            UNKNOWN,
                            "(?:Connection (?:closed|reset) by|Disconnected from) (?:authenticating|invalid) user "
                                    + USER
                                    + " (?<ip>\\S{1,64})"
                                    + PORT
                                    + " \\[preauth\\]"),
                    // the same attempt is told by "Failed" too
                    Rule.of(
                            UNKNOWN,
                            "pam_\\w{1,32}\\(.{1,64}:auth\\): .{0,160} rhost=(?<ip>\\S{0,64})(?: {1,2}user=(?<user>.{0,256}))?"),
                    Rule.of(
                            FAILURE,
                            "Bad password attempt for '(?<user>.{0,256})' from (?<ip>[^\\s]{1,64}):(?<port>\\d{1,5})"),
                    Rule.of(
                            FAILURE,
                            "Login attempt for nonexistent user from (?<ip>\\S{1,64}):(?<port>\\d{1,5})"),
                    Rule.of(
                            SUCCESS,
                            "(?:Password|Pubkey) auth succeeded for '(?<user>.{0,256})' .{0,128}?from (?<ip>\\S{1,64}):(?<port>\\d{1,5})"));

    private static final List<Rule> LOCAL =
            List.of(
                    Rule.of(
                            FAILURE,
                            "pam_\\w{1,32}\\(.{1,64}:auth\\): .{0,200} rhost=(?<ip>\\S{0,64})(?: {1,2}user=(?<user>.{0,256}))?"),
                    Rule.of(FAILURE, "'su (?<target>[^']{1,64})' failed for (?<user>\\S{1,64})"),
                    Rule.of(FAILURE, "FAILED su for (?<target>\\S{1,64}) by (?<user>\\S{1,64})"),
                    Rule.of(
                            FAILURE,
                            "FAILED SU \\(to (?<target>[^)]{1,64})\\) (?<user>\\S{1,64}) on"),
                    Rule.of(
                            SUCCESS,
                            "(?:Successful su for|\\(to) (?<target>[^)\\s]{1,64})(?: by|\\)) (?<user>\\S{1,64})"),
                    Rule.of(
                            FAILURE,
                            " {0,8}(?<user>\\S{1,64}) : (?:\\d{1,3} incorrect password attempts?|user NOT in sudoers|command not allowed) ;(?:.{0,512}?USER=(?<target>\\S{1,64}))?"),
                    Rule.of(
                            FAILURE,
                            "FAILED LOGIN (?:SESSION )?(?:\\(?\\d{1,4}\\)? )?(?:on '[^']{0,64}' )?(?:FROM (?<ip>\\S{1,64}) )?FOR '?(?<user>[^',]{0,256})"));

    private static final List<Rule> SERVICES =
            List.of(
                    Rule.of(
                            FAILURE,
                            ".{0,64}?(?:auth failed|Aborted login).{0,128}?user=<(?<user>[^>]{0,256})>.{0,64}? rip=(?<ip>[^,\\s]{1,64})"),
                    Rule.of(
                            SUCCESS,
                            ".{0,32}?Login: user=<(?<user>[^>]{0,256})>.{0,64}? rip=(?<ip>[^,\\s]{1,64})"),
                    Rule.of(
                            FAILURE,
                            "warning: [^\\[]{0,256}\\[(?<ip>[^\\]]{1,64})\\]: SASL (?<method>\\S{1,32}) authentication failed(?:.{0,128}sasl_username=(?<user>[^,\\s]{1,256}))?"),
                    Rule.of(
                            FAILURE,
                            "(?:\\[pid \\d{1,8}\\] )?(?:\\[(?<user>[^\\]]{0,256})\\] )?FAIL LOGIN: Client \"(?<ip>[^\"]{1,64})\""),
                    Rule.of(
                            SUCCESS,
                            "(?:\\[pid \\d{1,8}\\] )?(?:\\[(?<user>[^\\]]{0,256})\\] )?OK LOGIN: Client \"(?<ip>[^\"]{1,64})\""));

    private static final List<Rule> DEVICES =
            List.of(
                    Rule.of(
                            FAILURE,
                            "Login failed \\[user: (?<user>.{0,256})\\] \\[Source: (?<ip>[^\\]]{1,64})\\] \\[localport: (?<service>\\d{1,5})\\]"),
                    Rule.of(
                            SUCCESS,
                            "Login Success \\[user: (?<user>.{0,256})\\] \\[Source: (?<ip>[^\\]]{1,64})\\] \\[localport: (?<service>\\d{1,5})\\]"),
                    Rule.of(
                            FAILURE,
                            "Login denied from (?<ip>[^/\\s]{1,64})/(?<port>\\d{1,5}) to \\S{1,128} for user \"(?<user>[^\"]{0,256})\""),
                    Rule.of(
                            SUCCESS,
                            "Login permitted from (?<ip>[^/\\s]{1,64})/(?<port>\\d{1,5}) to \\S{1,128} for user \"(?<user>[^\"]{0,256})\""),
                    Rule.of(
                            FAILURE,
                            "(?:[a-z,]{1,64} )?login failure for user "
                                    + USER
                                    + FROM
                                    + " via (?<method>\\S{1,32})"),
                    Rule.of(
                            SUCCESS,
                            "(?:[a-z,]{1,64} )?user "
                                    + USER
                                    + " logged in"
                                    + FROM
                                    + " via (?<method>\\S{1,32})"));

    private static final Map<String, List<Rule>> BY_PROGRAM =
            Map.ofEntries(
                    Map.entry("sshd", SSH),
                    Map.entry("sshd-session", SSH),
                    Map.entry("dropbear", SSH),
                    Map.entry("su", LOCAL),
                    Map.entry("sudo", LOCAL),
                    Map.entry("login", LOCAL),
                    Map.entry("vsftpd", SERVICES),
                    Map.entry("dovecot", SERVICES),
                    Map.entry("imap-login", SERVICES),
                    Map.entry("pop3-login", SERVICES));

    private Logins() {}

    /// Whether it was one.
    static boolean complete(Event.Builder event, SyslogMessage message) {
        if (WindowsLogons.complete(event, message)) {
            return true;
        }
        String program = message.app().toLowerCase(Locale.ROOT);
        String text = message.text();
        for (Rule rule : rules(program, text)) {
            Matcher matcher =
                    rule.pattern().matcher(text.substring(0, Math.min(text.length(), MOST)));
            if (matcher.lookingAt()) {
                fill(event, rule, matcher);
                service(event, program, message.id());
                return true;
            }
        }
        return false;
    }

    private static List<Rule> rules(String program, String text) {
        List<Rule> rules = BY_PROGRAM.get(program);
        if (rules != null) {
            return rules;
        }
        if (program.startsWith("postfix/")) {
            return SERVICES;
        }
        if (text.startsWith("pam_")) {
            return LOCAL;
        }
        return text.contains("ogin ") || text.contains("logged in") ? DEVICES : List.of();
    }

    private static void fill(Event.Builder event, Rule rule, Matcher matcher) {
        event.put(Fields.EVENT_KIND, "event");
        event.put(Fields.EVENT_CATEGORY, List.of("authentication"));
        event.put(Fields.EVENT_TYPE, List.of("start"));
        event.put(Fields.EVENT_ACTION, "login");
        event.put(Fields.EVENT_OUTCOME, rule.outcome());
        event.putText(Fields.USER_NAME, group(matcher, "user"));
        event.putText(Fields.USER_TARGET_NAME, group(matcher, "target"));
        event.putText("ns.login.method", group(matcher, "method").toLowerCase(Locale.ROOT));
        event.putText("ns.login.port", group(matcher, "service"));
        address(event, group(matcher, "ip"));
        String port = group(matcher, "port");
        if (!port.isEmpty()) {
            event.put(Fields.SOURCE_PORT, Integer.parseInt(port));
        }
    }

    /// A name of a host is possible too.
    static void address(Event.Builder event, String text) {
        IpAddress.parse(text)
                .ifPresentOrElse(
                        ip -> event.put(Fields.SOURCE_IP, ip.text()),
                        () -> event.putText(Fields.SOURCE_DOMAIN, text));
    }

    private static void service(Event.Builder event, String program, String id) {
        String protocol =
                switch (program) {
                    case "sshd", "sshd-session", "dropbear" -> "ssh";
                    case "vsftpd" -> "ftp";
                    case "imap-login" -> "imap";
                    case "pop3-login" -> "pop3";
                    default -> program.startsWith("postfix/") ? "smtp" : "";
                };
        event.putText(Fields.NETWORK_PROTOCOL, protocol);
        if (protocol.isEmpty() && id.isEmpty()) {
            event.putText("service.name", program);
        }
    }

    private static String group(Matcher matcher, String name) {
        if (!matcher.namedGroups().containsKey(name)) {
            return "";
        }
        String value = matcher.group(name);
        return value == null ? "" : value.strip();
    }
}

package io.netsentinel.events;

import java.util.List;
import java.util.Set;

/// Names of channels: the built-in ones and the rule for all others.
public final class Channel {
    /// Every alert and every triage change of one.
    public static final String ALERTS = "alerts";

    /// What scores 48 or more, and findings of the detectors.
    public static final String THREATS = "threats";

    /// Flows, connections and protocol transactions.
    public static final String NETWORK = "network";

    /// Packets, and anomalies of decoding and reassembly.
    public static final String PACKETS = "packets";

    /// Health of sensors and of this server, broadcasts without a channel.
    public static final String SYSTEM = "system";

    /// Syslog.
    public static final String LOGS = "logs";

    /// What honeypots saw.
    public static final String HONEYPOT = "honeypot";

    /// Incidents and their changes.
    public static final String INCIDENTS = "incidents";

    /// Hosts and edges that appeared, changed or went.
    public static final String TOPOLOGY = "topology";

    /// The server's own figures.
    public static final String METRICS = "metrics";

    /// Models and their training status.
    public static final String ML = "ml";

    /// Change notices of databases.
    public static final String DATABASE = "database";

    /// State of forwarding to other systems.
    public static final String SIEM = "siem";

    /// Who did what. Administrators only.
    public static final String AUDIT = "audit";

    /// Input that could not be understood, with the reason.
    public static final String DEAD_LETTERS = "dead-letters";

    private static final int MAX_LENGTH = 64;

    private static final List<String> BUILT_IN =
            List.of(
                    ALERTS,
                    THREATS,
                    NETWORK,
                    PACKETS,
                    SYSTEM,
                    LOGS,
                    HONEYPOT,
                    INCIDENTS,
                    TOPOLOGY,
                    METRICS,
                    ML,
                    DATABASE,
                    SIEM,
                    AUDIT,
                    DEAD_LETTERS);

    private static final Set<String> RESERVED =
            Set.of("stats", "connections", "channels", "broadcast", "notify", "inbox");

    private Channel() {}

    /// The channels that always exist, in the order they are listed.
    public static List<String> builtIn() {
        return BUILT_IN;
    }

    /// Well-formed names no channel may have, because the interface uses them otherwise.
    public static Set<String> reserved() {
        return RESERVED;
    }

    /// Whether a channel may have this name: `[a-z0-9._-]{1,64}` and not reserved.
    public static boolean valid(String name) {
        return wellFormed(name) && !RESERVED.contains(name);
    }

    /// The name itself when a channel may have it.
    ///
    /// @throws IllegalArgumentException naming the rule that is broken
    public static String check(String name) {
        if (!wellFormed(name)) {
            throw new IllegalArgumentException(
                    "a channel name is 1 to 64 of the characters a-z 0-9 . _ -");
        }
        if (RESERVED.contains(name)) {
            throw new IllegalArgumentException("the channel name '" + name + "' is reserved");
        }
        return name;
    }

    static boolean wellFormed(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!nameCharacter(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean nameCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
    }
}

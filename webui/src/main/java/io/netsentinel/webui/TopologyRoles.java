package io.netsentinel.webui;

import java.util.Optional;

/// What the roles of hosts look like and are called.
final class TopologyRoles {
    private TopologyRoles() {}

    /// The icon of a role; empty for those of which there are too many: a dot is enough.
    static Optional<String> icon(String role) {
        return switch (role) {
            case "client", "internet" -> Optional.empty();
            case "web",
                    "dns",
                    "mail",
                    "files",
                    "database",
                    "printer",
                    "industrial",
                    "voice",
                    "dhcp",
                    "time" ->
                    Optional.of("i-role_" + role);
            case "domain-controller" -> Optional.of("i-role_domain");
            default -> Optional.of("i-role_server");
        };
    }

    /// A role in words.
    static String word(String role) {
        return switch (role) {
            case "dns", "dhcp" -> role.toUpperCase(java.util.Locale.ROOT);
            case "domain-controller" -> "Domain controller";
            case "" -> "";
            default -> Character.toUpperCase(role.charAt(0)) + role.substring(1);
        };
    }
}

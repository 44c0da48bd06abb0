package io.netsentinel.detection;

import java.util.Optional;

/// The tactics of ATT&CK in the order of an attack.
public enum Tactic {
    RECONNAISSANCE("TA0043", "Reconnaissance"),
    RESOURCE_DEVELOPMENT("TA0042", "Resource development"),
    INITIAL_ACCESS("TA0001", "Initial access"),
    EXECUTION("TA0002", "Execution"),
    PERSISTENCE("TA0003", "Persistence"),
    PRIVILEGE_ESCALATION("TA0004", "Privilege escalation"),
    DEFENSE_EVASION("TA0005", "Defense evasion"),
    CREDENTIAL_ACCESS("TA0006", "Credential access"),
    DISCOVERY("TA0007", "Discovery"),
    LATERAL_MOVEMENT("TA0008", "Lateral movement"),
    COLLECTION("TA0009", "Collection"),
    COMMAND_AND_CONTROL("TA0011", "Command and control"),
    EXFILTRATION("TA0010", "Exfiltration"),
    IMPACT("TA0040", "Impact");

    private final String id;
    private final String title;

    Tactic(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /// The id in ATT&CK, for example `TA0001`.
    public String id() {
        return id;
    }

    /// Its name for people.
    public String title() {
        return title;
    }

    /// The tactic of that id.
    public static Optional<Tactic> parse(String id) {
        for (Tactic tactic : values()) {
            if (tactic.id.equals(id)) {
                return Optional.of(tactic);
            }
        }
        return Optional.empty();
    }
}

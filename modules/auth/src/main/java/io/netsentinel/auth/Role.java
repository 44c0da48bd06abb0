package io.netsentinel.auth;

import java.util.Locale;
import java.util.Optional;

/// The four roles. A user or a token has exactly one.
public enum Role {
    /// Looks, changes nothing.
    VIEWER,
    /// Looks and works on alerts and incidents.
    ANALYST,
    /// May do everything.
    ADMIN,
    /// Delivers events and cannot read any.
    SENSOR;

    /// Whether this role has the permission.
    public boolean allows(Permission permission) {
        return switch (this) {
            case VIEWER -> permission == Permission.READ;
            case ANALYST -> permission == Permission.READ || permission == Permission.TRIAGE;
            case ADMIN -> true;
            case SENSOR -> permission == Permission.PUBLISH;
        };
    }

    /// The name as it is written in commands, tokens and JSON: `viewer`, `analyst`, `admin`,
    /// `sensor`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The role of this name, exactly as [#text()] writes it.
    public static Optional<Role> parse(String text) {
        for (Role role : values()) {
            if (role.text().equals(text)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}

package io.netsentinel.webui;

import java.util.List;
import java.util.Optional;

/// What the account page shows of the visitor.
///
/// @param role name of the role
/// @param may what the role may do, in words
/// @param ends ISO time when the session ends, empty when it is not known
/// @param endsFull the same for people
/// @param issuer the identity provider the visitor signs in at, empty for a password here
/// @param themes what the theme can be
/// @param densities how close rows can stand
record AccountModel(
        String role,
        String may,
        String ends,
        String endsFull,
        String issuer,
        List<TimeRange.Choice> themes,
        List<TimeRange.Choice> densities) {

    /// Copies the lists.
    AccountModel {
        themes = List.copyOf(themes);
        densities = List.copyOf(densities);
    }

    /// What happened to the last form.
    ///
    /// @param text empty for nothing
    /// @param style `good` or `bad`
    record Notice(String text, String style) {
        static final Notice NONE = new Notice("", "");
    }

    static AccountModel of(Visitor visitor, String issuer) {
        Optional<String> ends = visitor.ends().map(Rows::full);
        return new AccountModel(
                visitor.role(),
                may(visitor.role()),
                visitor.ends().map(String::valueOf).orElse(""),
                ends.orElse(""),
                issuer,
                List.of(
                        choice("", "As the system", visitor.theme()),
                        choice("light", "Light", visitor.theme()),
                        choice("dark", "Dark", visitor.theme())),
                List.of(
                        choice("", "Comfortable", visitor.density()),
                        choice("compact", "Compact", visitor.density())));
    }

    private static TimeRange.Choice choice(String key, String label, String chosen) {
        return new TimeRange.Choice(key, label, key.equals(chosen));
    }

    private static String may(String role) {
        return switch (role) {
            case "admin" -> "everything";
            case "analyst" -> "read; acknowledge, escalate and comment alerts";
            case "viewer" -> "read";
            default -> "nothing on these pages";
        };
    }
}

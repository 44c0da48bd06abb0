package io.netsentinel.webui;

import java.time.Instant;
import java.util.Optional;

/// Who asks for a page.
///
/// @param user name, empty when nobody is signed in
/// @param role name of the role
/// @param triage whether alerts may be changed
/// @param scores whether the page of scores is theirs
/// @param csrf token for this session's forms
/// @param theme `light`, `dark` or empty
/// @param density `compact` or empty
/// @param ends when the session ends
record Visitor(
        String user,
        String role,
        boolean triage,
        boolean scores,
        String csrf,
        String theme,
        String density,
        Optional<Instant> ends) {
    /// Whether the pages for administrators are theirs.
    boolean admin() {
        return role.equals("admin");
    }
}

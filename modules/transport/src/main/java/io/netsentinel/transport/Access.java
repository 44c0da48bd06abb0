package io.netsentinel.transport;

import io.netsentinel.auth.Permission;
import java.util.Optional;

/// Who may use a route. There is no route without one.
public enum Access {
    /// Anybody, without signing in.
    OPEN(false),
    /// Anybody who has signed in.
    IDENTITY(false),
    /// Needs [Permission#READ].
    READ(Permission.READ, false),
    /// Needs [Permission#TRIAGE].
    TRIAGE(Permission.TRIAGE, false),
    /// Needs [Permission#PUBLISH].
    PUBLISH(Permission.PUBLISH, false),
    /// Needs [Permission#ADMIN].
    ADMIN(Permission.ADMIN, false),
    /// A page for everybody who may read; an anonymous browser is sent to `/login?next=…`.
    PAGE(Permission.READ, true),
    /// A page for administrators; an anonymous browser is sent to `/login?next=…`.
    ADMIN_PAGE(Permission.ADMIN, true);

    private final Optional<Permission> permission;
    private final boolean page;

    Access(boolean page) {
        this.permission = Optional.empty();
        this.page = page;
    }

    Access(Permission permission, boolean page) {
        this.permission = Optional.of(permission);
        this.page = page;
    }

    /// The permission that is needed, empty when any identity (or none) will do.
    public Optional<Permission> permission() {
        return permission;
    }

    /// Whether this is a page for people, where signing in is offered instead of a 401.
    public boolean page() {
        return page;
    }
}

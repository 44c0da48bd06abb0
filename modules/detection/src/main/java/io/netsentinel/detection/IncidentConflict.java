package io.netsentinel.detection;

import java.time.Instant;

/// A change that does not fit what the incident is by now. The message is one sentence for a person
/// and says who was first.
public final class IncidentConflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Incident incident;
    private final String user;
    private final transient Instant time;

    /// @param incident what it is now
    /// @param user who made the change that was first, `""` when nobody has made one
    /// @param time when
    public IncidentConflict(String what, Incident incident, String user, Instant time) {
        super(
                user.isEmpty()
                        ? what + ": nobody has changed it yet"
                        : what + ": " + user + " was first, at " + time,
                null,
                false,
                false);
        this.incident = incident;
        this.user = user;
        this.time = time;
    }

    /// What the incident is now.
    public Incident incident() {
        return incident;
    }

    /// Who was first.
    public String user() {
        return user;
    }

    /// When.
    public Instant time() {
        return time;
    }

    /// The sentence.
    public String text() {
        return String.valueOf(getMessage());
    }
}

package io.netsentinel.transport;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Ulid;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/// Something that somebody did or tried to do.
///
/// @param action what, always the same words for the same thing: `POST /api/users`, `call
///   alert.ack`, `user.add`
/// @param user who; empty when nobody had signed in
/// @param address from where; empty for the command line and the server itself
/// @param target what it was done to: a path, a name
/// @param success whether it was done
/// @param detail more for people, safe to be shown to administrators; no secrets
public record AuditEntry(
        String action,
        String user,
        Optional<InetAddress> address,
        String target,
        boolean success,
        String detail) {
    private static final int LONGEST = 500;

    /// What the server itself, or somebody at its command line, did.
    public static AuditEntry local(String action, String target, boolean success, String detail) {
        return new AuditEntry(action, "", Optional.empty(), target, success, detail);
    }

    /// As an event of the channel `audit`, without its place in the chain.
    Event.Builder event(Instant now) {
        Event.Builder event =
                Event.builder()
                        .put(Fields.ID, Ulid.next())
                        .put(Fields.TIMESTAMP, now)
                        .put(Fields.EVENT_INGESTED, now)
                        .put(Fields.EVENT_KIND, "event")
                        .put(Fields.EVENT_MODULE, "netsentinel")
                        .put(Fields.EVENT_DATASET, "netsentinel.audit")
                        .put(Fields.EVENT_ACTION, action)
                        .put(Fields.EVENT_OUTCOME, success ? "success" : "failure");
        address.ifPresent(from -> event.put(Fields.SOURCE_IP, from.getHostAddress()));
        text(event, Fields.USER_NAME, user);
        text(event, "ns.audit.target", target);
        text(event, Fields.MESSAGE, detail);
        return event;
    }

    private static void text(Event.Builder event, String path, String value) {
        if (!value.isEmpty()) {
            event.put(path, value.length() <= LONGEST ? value : value.substring(0, LONGEST));
        }
    }
}

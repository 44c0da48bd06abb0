package io.netsentinel.auth;

import io.netsentinel.auth.Revocation.Cause;
import io.netsentinel.auth.Revocation.Scope;
import io.netsentinel.events.Ulid;
import io.netsentinel.queuing.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// All sessions, in memory and in the store: a restart signs nobody out.
final class Sessions {
    private static final int STALE_FRACTION = 20;

    private final Clock clock;
    private final Duration idle;
    private final Duration max;
    private final int perUser;
    private final Tables table;
    private final Revocations revocations;
    private final Map<String, Session> byId = new ConcurrentHashMap<>();
    private final Map<String, Session> byDigest = new ConcurrentHashMap<>();

    Sessions(AuthSettings settings, Store store, Revocations revocations, Clock clock) {
        this.clock = clock;
        this.idle = settings.sessionIdle();
        this.max = settings.sessionMax();
        this.perUser = settings.sessionsPerUser();
        this.table = new Tables(store, "auth.sessions");
        this.revocations = revocations;
        table.all().stream().map(Session::of).forEach(this::keep);
        prune();
    }

    /// A new session and the secret for its cookie, which is not kept.
    record Begun(Session session, String cookie) {}

    Begun begin(String user) {
        prune();
        displaceOldest(user);
        String cookie = Secrets.token();
        Instant now = clock.instant();
        Session session =
                new Session(Ulid.next(), user, Secrets.digest(cookie), Secrets.token(), now, now);
        keep(session);
        table.putSoon(session.id(), session.json());
        return new Begun(session, cookie);
    }

    Optional<Session> byCookie(String cookie) {
        return alive(byDigest.get(Secrets.digest(cookie)));
    }

    Optional<Session> byId(String id) {
        return alive(byId.get(id));
    }

    /// When the session ends whatever happens.
    Instant end(Session session) {
        return session.created().plus(max);
    }

    /// Counts as activity.
    void touch(Session session) {
        if (session.touch(clock.instant(), idle.toMillis() / STALE_FRACTION)) {
            table.putSoon(session.id(), session.json());
        }
    }

    void end(String id, Cause cause) {
        Session session = byId.get(id);
        if (session != null) {
            forget(session);
            revocations.tell(new Revocation(Scope.ID, id, cause));
        }
    }

    /// Ends all sessions of a user. Listeners hear of the user once.
    void endAll(String user, Cause cause) {
        of(user).forEach(this::forget);
        revocations.tell(new Revocation(Scope.USER, user, cause));
    }

    /// A user may do other things from now on. The sessions go on.
    void changed(String user) {
        revocations.tell(new Revocation(Scope.USER, user, Cause.ACCESS_CHANGED));
    }

    private Optional<Session> alive(@org.jspecify.annotations.Nullable Session session) {
        if (session == null) {
            return Optional.empty();
        }
        if (over(session, clock.instant())) {
            forget(session);
            return Optional.empty();
        }
        return Optional.of(session);
    }

    private boolean over(Session session, Instant now) {
        return !now.isBefore(session.seen().plus(idle)) || !now.isBefore(end(session));
    }

    private void displaceOldest(String user) {
        List<Session> own = of(user);
        own.stream()
                .sorted(Comparator.comparing(Session::created))
                .limit(Math.max(0, own.size() - perUser + 1))
                .forEach(session -> end(session.id(), Cause.DISPLACED));
    }

    private void prune() {
        Instant now = clock.instant();
        byId.values().stream().filter(session -> over(session, now)).forEach(this::forget);
    }

    /// The sessions that are not over, the newest first.
    List<SessionInfo> list() {
        prune();
        return byId.values().stream()
                .map(one ->
                        new SessionInfo(one.id(), one.user(), one.created(), one.seen(), end(one)))
                .sorted(Comparator.comparing(SessionInfo::created).reversed())
                .toList();
    }

    private List<Session> of(String user) {
        return byId.values().stream().filter(session -> session.user().equals(user)).toList();
    }

    private void keep(Session session) {
        byId.put(session.id(), session);
        byDigest.put(session.digest(), session);
    }

    private void forget(Session session) {
        byId.remove(session.id());
        byDigest.remove(session.digest());
        table.deleteSoon(session.id());
    }
}

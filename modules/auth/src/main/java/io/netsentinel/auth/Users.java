package io.netsentinel.auth;

import io.netsentinel.auth.AuthException.Reason;
import io.netsentinel.auth.Revocation.Cause;
import io.netsentinel.queuing.Store;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The users. Every change is durable when the method returns and takes effect at once.
public final class Users {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

    private final Clock clock;
    private final Tables table;
    private final PasswordHasher hasher;
    private final Sessions sessions;
    private final InitialPassword initialPassword;
    private final Predicate<String> tokenName;
    private final Predicate<String> certificateName;
    private final Map<String, Stored> users = new ConcurrentHashMap<>();
    private final ReentrantLock changes = new ReentrantLock();

    /// A user with the secret.
    record Stored(User user, PasswordHash password) {}

    Users(
            Store store,
            PasswordHasher hasher,
            Sessions sessions,
            InitialPassword initialPassword,
            Predicate<String> tokenName,
            Predicate<String> certificateName,
            Clock clock) {
        this.clock = clock;
        this.table = new Tables(store, "auth.users");
        this.hasher = hasher;
        this.sessions = sessions;
        this.initialPassword = initialPassword;
        this.tokenName = tokenName;
        this.certificateName = certificateName;
        table.all().stream()
                .map(Users::parse)
                .forEach(stored -> users.put(stored.user().name(), stored));
    }

    /// All users by name.
    public List<User> list() {
        return users.values().stream()
                .map(Stored::user)
                .sorted(Comparator.comparing(User::name))
                .toList();
    }

    /// The user of this name; upper and lower case are the same.
    public Optional<User> find(String name) {
        return stored(name).map(Stored::user);
    }

    /// Adds a user.
    ///
    /// @throws AuthException INVALID when the name or the password is not acceptable or the role is
    ///   `sensor` (sensors use tokens), CONFLICT when a user, a token or a certificate that was
    ///   used since the start has the name
    public User add(String name, Role role, String password) {
        String canonical = acceptable(name);
        requirePerson(role);
        if (certificateName.test(canonical)) {
            throw conflict(
                    "a client certificate of the name "
                            + canonical
                            + " is in use: it would be refused");
        }
        return add(canonical, role, hash(canonical, password), Optional.empty());
    }

    /// Adds the first administrator.
    void addFirst(PasswordHash hash) {
        add(InitialPassword.USER, Role.ADMIN, hash, Optional.empty());
    }

    /// The user an identity provider vouches for; added when they come for the first time. The role
    /// is what the provider says now, the name stays what it was the first time.
    ///
    /// @throws AuthException DENIED when the user is disabled here, INVALID when the name or role
    ///   is not acceptable, CONFLICT when the name is somebody else's or nobody could administer
    ///   the server any more
    User enter(Account account, String name, Role role) {
        requirePerson(role);
        changes.lock();
        try {
            Optional<User> known = find(account);
            if (known.isEmpty()) {
                // no password will ever match
                return add(acceptable(name), role, hasher.impossible(), Optional.of(account));
            }
            User user = known.get();
            if (user.disabled()) {
                throw new AuthException(
                        Reason.DENIED, "the user " + user.name() + " is disabled here");
            }
            setRole(user.name(), role);
            return user.withRole(role);
        } finally {
            changes.unlock();
        }
    }

    /// The user of an account at the identity provider.
    Optional<User> find(Account account) {
        return list().stream()
                .filter(user -> user.account().filter(account::equals).isPresent())
                .findFirst();
    }

    static String acceptable(String name) {
        String canonical = canonical(name);
        if (!NAME.matcher(canonical).matches()) {
            throw new AuthException(
                    Reason.INVALID,
                    "a user name is 1 to 64 of a-z 0-9 . _ @ - and starts with a letter or digit");
        }
        return canonical;
    }

    private User add(String canonical, Role role, PasswordHash hash, Optional<Account> account) {
        changes.lock();
        try {
            if (users.containsKey(canonical)) {
                throw conflict("there is a user " + canonical + " already");
            }
            if (tokenName.test(canonical)) {
                throw conflict("there is a token of the name " + canonical);
            }
            Instant now = clock.instant();
            User user = new User(canonical, role, false, now, now, account);
            store(new Stored(user, hash));
            return user;
        } finally {
            changes.unlock();
        }
    }

    /// Sets a password, without asking for the old one, and ends all sessions of the user.
    ///
    /// @throws AuthException UNKNOWN or INVALID
    public void setPassword(String name, String password) {
        User user = known(name).user();
        if (user.account().isPresent()) {
            throw new AuthException(
                    Reason.INVALID,
                    user.name()
                            + " signs in at "
                            + user.account().get().issuer()
                            + ", without a"
                            + " password here");
        }
        PasswordHash hash = hash(user.name(), password);
        change(
                name,
                stored -> new Stored(stored.user().withPasswordChanged(clock.instant()), hash));
        initialPassword.changed(user.name());
        sessions.endAll(user.name(), Cause.PASSWORD_CHANGED);
    }

    /// Gives a user another role. Sessions go on with it; what was opened with the old one (a
    /// socket) is told to come back.
    ///
    /// @throws AuthException UNKNOWN, INVALID for `sensor`, or CONFLICT when nobody could
    ///   administer the server any more
    public void setRole(String name, Role role) {
        requirePerson(role);
        changes.lock();
        try {
            Stored before = known(name);
            User user = before.user();
            if (user.role() == role) {
                return;
            }
            if (isLastAdministrator(user)) {
                throw conflict(user.name() + " is the last administrator: add another first");
            }
            Stored after = new Stored(user.withRole(role), before.password());
            users.put(user.name(), after);
            sessions.changed(user.name());
            store(after);
        } finally {
            changes.unlock();
        }
    }

    /// Keeps a user from signing in and ends all sessions. It acts at once; when it cannot be
    /// stored, that is told, and it does not outlast a restart.
    ///
    /// @throws AuthException UNKNOWN, or CONFLICT when nobody could administer the server any more
    public void disable(String name) {
        changes.lock();
        try {
            Stored before = known(name);
            User user = before.user();
            if (isLastAdministrator(user)) {
                throw conflict(user.name() + " is the last administrator: add another first");
            }
            Stored after = withDisabled(before, true);
            users.put(user.name(), after);
            sessions.endAll(user.name(), Cause.USER_DISABLED);
            store(after);
        } finally {
            changes.unlock();
        }
    }

    /// Lets a disabled user sign in again.
    ///
    /// @throws AuthException UNKNOWN
    public void enable(String name) {
        change(name, stored -> withDisabled(stored, false));
    }

    boolean isEmpty() {
        return users.isEmpty();
    }

    Optional<Stored> stored(String name) {
        return Optional.ofNullable(users.get(canonical(name)));
    }

    /// Hashes a password anew when it was hashed with fewer rounds than are wanted now. Signing in
    /// does not depend on whether that can be stored.
    void upgrade(Stored stored, String normalPassword) {
        if (!hasher.outdated(stored.password())) {
            return;
        }
        Stored upgraded = new Stored(stored.user(), hasher.hash(normalPassword));
        String name = stored.user().name();
        changes.lock();
        try {
            if (stored.equals(users.get(name))) {
                users.put(name, upgraded);
                table.putSoon(name, json(upgraded));
            }
        } finally {
            changes.unlock();
        }
    }

    static String canonical(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private PasswordHash hash(String user, String password) {
        String normal = PasswordRules.normal(password);
        PasswordRules.check(user, normal);
        return hasher.hash(normal);
    }

    private void change(String name, UnaryOperator<Stored> change) {
        changes.lock();
        try {
            Stored before = known(name);
            Stored after = change.apply(before);
            if (!after.equals(before)) {
                store(after);
            }
        } finally {
            changes.unlock();
        }
    }

    private void store(Stored stored) {
        String name = stored.user().name();
        table.put(name, json(stored));
        users.put(name, stored);
    }

    private Stored known(String name) {
        return stored(name)
                .orElseThrow(() -> new AuthException(Reason.UNKNOWN, "there is no user " + name));
    }

    private boolean isLastAdministrator(User user) {
        return user.role() == Role.ADMIN
                && list().stream()
                        .noneMatch(other ->
                                other.role() == Role.ADMIN
                                        && !other.disabled()
                                        && !other.name().equals(user.name()));
    }

    private static Stored withDisabled(Stored stored, boolean disabled) {
        return new Stored(stored.user().withDisabled(disabled), stored.password());
    }

    private static void requirePerson(Role role) {
        if (role == Role.SENSOR) {
            throw new AuthException(
                    Reason.INVALID, "a sensor does not sign in: issue it a token instead");
        }
    }

    private static AuthException conflict(String message) {
        return new AuthException(Reason.CONFLICT, message);
    }

    private static JsonObject json(Stored stored) {
        User user = stored.user();
        JsonObjectBuilder row =
                Json.createObjectBuilder()
                        .add("name", user.name())
                        .add("role", user.role().text())
                        .add("disabled", user.disabled())
                        .add("created", user.created().toEpochMilli())
                        .add("passwordChanged", user.passwordChanged().toEpochMilli())
                        .add("password", stored.password().text());
        user.account()
                .ifPresent(account ->
                        row.add("issuer", account.issuer()).add("subject", account.subject()));
        return row.build();
    }

    private static Stored parse(JsonObject json) {
        return new Stored(
                new User(
                        json.getString("name"),
                        Role.parse(json.getString("role")).orElseThrow(),
                        json.getBoolean("disabled"),
                        Instant.ofEpochMilli(json.getJsonNumber("created").longValueExact()),
                        Instant.ofEpochMilli(
                                json.getJsonNumber("passwordChanged").longValueExact()),
                        json.containsKey("issuer")
                                ? Optional.of(
                                        new Account(
                                                json.getString("issuer"),
                                                json.getString("subject")))
                                : Optional.empty()),
                PasswordHash.parse(json.getString("password")));
    }
}

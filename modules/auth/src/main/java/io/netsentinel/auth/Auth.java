package io.netsentinel.auth;

import io.netsentinel.auth.AuthException.Reason;
import io.netsentinel.auth.Identity.Kind;
import io.netsentinel.auth.Revocation.Cause;
import io.netsentinel.auth.SignInLimiter.Admission;
import io.netsentinel.queuing.Registration;
import io.netsentinel.queuing.Store;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Who somebody is and what they may do. Safe for use by many threads; checking a token or a cookie
/// touches no disk.
public final class Auth implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Auth.class.getName());
    private static final Duration BUSY = Duration.ofSeconds(2);
    private static final int LONGEST_COOKIE = 128;

    private final AuthSettings settings;
    private final Clock clock;
    private final PasswordHasher hasher;
    private final SignInLimiter limiter;
    private final Revocations revocations = new Revocations();
    private final TokenCodec codec;
    private final Sessions sessions;
    private final CertificateNames certificateNames;
    private final Tokens tokens;
    private final Users users;
    private final InitialPassword initialPasswordFile;
    private final Optional<String> initialPassword;
    private final Denied denied;
    private final Optional<OutsideTokens> outside;
    private final Optional<Oidc> provider;

    private Auth(
            Store store,
            Path dataDirectory,
            AuthSettings settings,
            FirstPassword first,
            Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.codec = new TokenCodec(KeyRing.open(keys(dataDirectory)), settings.leeway());
        this.limiter = new SignInLimiter(settings, clock);
        this.sessions = new Sessions(settings, store, revocations, clock);
        this.certificateNames = new CertificateNames(clock);
        this.tokens =
                new Tokens(
                        settings,
                        store,
                        codec,
                        revocations,
                        this::isUser,
                        certificateNames::isName,
                        clock);
        this.initialPasswordFile =
                new InitialPassword(dataDirectory.resolve("initial-admin-password"));
        this.hasher = new PasswordHasher(settings.hashIterations(), settings.hashThreads());
        this.users =
                new Users(
                        store,
                        hasher,
                        sessions,
                        initialPasswordFile,
                        tokens::isName,
                        certificateNames::isName,
                        clock);
        this.initialPassword = firstAdministrator(first);
        this.denied = new Denied(store, revocations, clock);
        this.outside = settings.outside().map(issuer -> OutsideTokens.open(issuer, settings));
        this.provider = settings.oidc().map(oidc -> new Oidc(oidc, settings.leeway()));
    }

    /// Opens the users, tokens and sessions of a data directory. Without any user, `admin` is made
    /// with a random password, kept in `initial-admin-password` until it is changed.
    ///
    /// @throws AuthFilesException when a file that holds a secret can be read by others, is
    ///   malformed or cannot be written, or a key is too weak
    public static Auth open(Store store, Path dataDirectory, AuthSettings settings, Clock clock) {
        return open(store, dataDirectory, settings, new FirstPassword(settings), clock);
    }

    /// Opens them like `open`, with a first password that is perhaps being computed already.
    public static Auth open(
            Store store,
            Path dataDirectory,
            AuthSettings settings,
            FirstPassword first,
            Clock clock) {
        PrivateFiles.directory(dataDirectory);
        return new Auth(store, dataDirectory, settings, first, clock);
    }

    static Path keys(Path dataDirectory) {
        return dataDirectory.resolve("token-keys.json");
    }

    /// The password of `admin`, when this start made the user.
    public Optional<String> initialPassword() {
        return initialPassword;
    }

    /// The file that holds the password of `admin` while nobody has changed it.
    public Optional<Path> initialPasswordFile() {
        return initialPasswordFile.pending()
                ? Optional.of(initialPasswordFile.file())
                : Optional.empty();
    }

    /// Checks a token from `Authorization: Bearer` or a `connect` message.
    public Verdict bearer(String token) {
        if (outside.isPresent() && !codec.claimsOurs(token)) {
            return outside(outside.get().check(token, clock.instant()));
        }
        return switch (codec.check(token, clock.instant())) {
            case TokenCodec.Checked.Bad bad -> new Verdict.Refused(bad.reason(), bad.expired());
            case TokenCodec.Checked.Good good -> byId(good.id());
        };
    }

    /// Checks the value of a session cookie. Counts as activity of the session.
    public Verdict session(String cookie) {
        if (cookie.isEmpty() || cookie.length() > LONGEST_COOKIE) {
            return new Verdict.Refused("the session is over: sign in again", false);
        }
        return sessions.byCookie(cookie)
                .map(session -> accept(session, Kind.SESSION))
                .orElseGet(() -> new Verdict.Refused("the session is over: sign in again", true));
    }

    /// Tells that somebody is still there, as an open socket does now and then, so that the session
    /// behind it does not end for idleness.
    public void touch(Identity identity) {
        sessions.byId(identity.id()).ifPresent(sessions::touch);
    }

    /// Checks a user name and a password. Takes as long for an unknown user as for a wrong
    /// password, about a quarter of a second with default settings.
    ///
    /// @param from where the attempt comes from, for the limit
    public SignIn signIn(String user, String password, InetAddress from) {
        String name = Users.canonical(user);
        return switch (limiter.attempt(shortened(name), from)) {
            case Admission.Wait wait -> {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "too many sign-ins of {0} from {1}",
                        shortened(name),
                        from.getHostAddress());
                yield new SignIn.TooMany(wait.time());
            }
            case Admission.Admitted admitted -> signIn(name, password, from, admitted.attempt());
        };
    }

    /// The identity provider people may sign in at; empty without one.
    public Optional<Oidc> provider() {
        return provider;
    }

    /// Signs somebody in who has come back from the identity provider. Who does so in vain again
    /// and again has to wait: each time the provider may be asked.
    ///
    /// @param ask asks the provider who it is; what it throws is thrown
    /// @param from where they come from, for the limit
    public SignIn signIn(Supplier<Oidc.Person> ask, InetAddress from) {
        return switch (limiter.attempt(from)) {
            case Admission.Wait wait -> new SignIn.TooMany(wait.time());
            case Admission.Admitted admitted -> {
                SignIn result = signIn(ask.get(), from);
                if (result instanceof SignIn.Granted) {
                    limiter.succeeded(admitted.attempt());
                }
                yield result;
            }
        };
    }

    /// Begins a session for somebody the identity provider vouches for. A user is added when it is
    /// their first.
    ///
    /// @param from where they come from
    /// @return [SignIn.Granted], or [SignIn.Denied] when the user is disabled meanwhile
    /// @throws AuthException when they may not come in, saying why
    SignIn signIn(Oidc.Person person, InetAddress from) {
        User user = users.enter(person.account(), person.name(), person.role());
        LOG.log(
                System.Logger.Level.INFO,
                "{0} signed in at {1} from {2}",
                user.name(),
                person.account().issuer(),
                from.getHostAddress());
        return begin(user.name());
    }

    /// Ends the session or, when it came with one, the token.
    public void signOut(Identity identity) {
        if (sessions.byId(identity.id()).isPresent()) {
            sessions.end(identity.id(), Cause.SIGNED_OUT);
        } else if (tokens.find(identity.id()).isPresent()) {
            tokens.revoke(identity.id());
        } else if (identity.id().startsWith(OutsideTokens.PREFIX)) {
            denied.add(identity);
        }
    }

    /// Ends a token at once, one of this server or (its id begins with `ext-`) of the outside
    /// identity provider.
    ///
    /// @throws AuthException UNKNOWN when there is no token of this id
    public void revoke(String id) {
        if (outside.isPresent() && id.startsWith(OutsideTokens.PREFIX)) {
            denied.add(id, settings.tokenMax());
        } else {
            tokens.revoke(id);
        }
    }

    /// What a changing request that comes with this session's cookie must repeat; empty for an
    /// identity that is not a session or is over. It is written differently each time.
    public String csrf(Identity identity) {
        return sessions.byId(identity.id()).map(Session::csrf).map(Mask::of).orElse("");
    }

    /// Whether this is the session's CSRF token, in any way it was written. Takes the same time for
    /// every wrong one of its length.
    public boolean csrfValid(Identity identity, String token) {
        return sessions.byId(identity.id())
                .filter(session -> Secrets.same(session.csrf(), Mask.opened(token)))
                .isPresent();
    }

    /// Changes one's own password. All sessions of the user end, this one too; the answer is a new
    /// one.
    ///
    /// @param current the password so far; wrong ones count as failed sign-ins
    /// @return [SignIn.Granted], [SignIn.Denied] when `current` is wrong, or [SignIn.TooMany]
    /// @throws AuthException DENIED when the identity is not a user, INVALID when the new password
    ///   is not acceptable
    public SignIn changePassword(
            Identity identity, String current, String password, InetAddress from) {
        User user =
                users.find(identity.user())
                        .orElseThrow(
                                () -> new AuthException(Reason.DENIED, "a token has no password"));
        if (user.account().isPresent()) {
            throw new AuthException(
                    Reason.DENIED,
                    "the password is changed where it is asked for: at "
                            + user.account().get().issuer());
        }
        PasswordRules.check(identity.user(), PasswordRules.normal(password));
        SignIn checked = signIn(identity.user(), current, from);
        if (!(checked instanceof SignIn.Granted)) {
            return checked;
        }
        users.setPassword(identity.user(), password);
        return begin(identity.user());
    }

    /// The sessions of all users that are not over, the newest first.
    public List<SessionInfo> sessions() {
        return sessions.list();
    }

    /// Ends a session at once.
    ///
    /// @throws AuthException UNKNOWN when there is none of this id
    public void endSession(String id) {
        if (sessions.byId(id).isEmpty()) {
            throw new AuthException(Reason.UNKNOWN, "there is no session " + id);
        }
        sessions.end(id, Cause.SIGNED_OUT);
    }

    /// A random password that is acceptable for everybody.
    public static String randomPassword() {
        return Secrets.password();
    }

    /// The users.
    public Users users() {
        return users;
    }

    /// The tokens of sensors and scripts.
    public Tokens tokens() {
        return tokens;
    }

    /// Who showed a certificate of a CA that is trusted for it.
    ///
    /// @param name as the certificate says
    /// @param role what whoever shows one may do, narrowed as the configuration says
    /// @param id the certificate's
    /// @param expires when it ends
    /// @throws AuthException INVALID when there can be no such name, CONFLICT when a user or a
    ///   token has it
    public Identity certified(String name, Role role, String id, Instant expires) {
        String canonical = Users.acceptable(name);
        if (isUser(canonical) || tokens.isName(canonical)) {
            throw new AuthException(
                    Reason.CONFLICT,
                    "the client certificate's name "
                            + canonical
                            + " is that of a user or a token here");
        }
        certificateNames.seen(canonical, expires);
        return new Identity(
                canonical,
                role,
                Kind.CERTIFICATE,
                id,
                settings.rightsOf(role),
                Optional.of(expires));
    }

    /// Signs with a new key from now on. Tokens of the two keys before it stay good.
    ///
    /// @throws AuthFilesException when the key file cannot be written
    public void rotateKey() {
        codec.rotate();
    }

    /// Calls a listener whenever something is revoked, on the thread that revokes and before the
    /// revoking call returns. It must not block.
    public Registration onRevoked(Consumer<Revocation> listener) {
        return revocations.listen(listener);
    }

    @Override
    public void close() {
        outside.ifPresent(OutsideTokens::close);
        provider.ifPresent(Oidc::close);
        hasher.close();
    }

    private SignIn signIn(
            String name, String password, InetAddress from, SignInLimiter.Attempt attempt) {
        Optional<Users.Stored> stored = users.stored(name);
        String normal = PasswordRules.possible(password) ? PasswordRules.normal(password) : "-";
        PasswordHash hash = stored.map(Users.Stored::password).orElse(hasher.nobody());
        Optional<Boolean> matches = hasher.matches(normal, hash);
        if (matches.isEmpty()) {
            limiter.cancelled(attempt);
            return new SignIn.TooMany(BUSY);
        }
        if (!matches.get() || stored.isEmpty() || stored.get().user().disabled()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "sign-in of {0} from {1} refused",
                    shortened(name),
                    from.getHostAddress());
            return new SignIn.Denied();
        }
        limiter.succeeded(attempt);
        users.upgrade(stored.get(), normal);
        LOG.log(System.Logger.Level.INFO, "{0} signed in from {1}", name, from.getHostAddress());
        return begin(name);
    }

    private SignIn begin(String user) {
        Sessions.Begun begun = sessions.begin(user);
        Optional<Users.Stored> now = users.stored(user);
        if (now.isEmpty() || now.get().user().disabled()) {
            // disabled while the password was being computed
            sessions.end(begun.session().id(), Cause.USER_DISABLED);
            return new SignIn.Denied();
        }
        Session session = begun.session();
        Identity identity = identity(session, now.get().user(), Kind.SESSION);
        Instant expires = sessions.end(session);
        String token =
                codec.sign(
                        new TokenCodec.Claims(
                                session.id(),
                                user,
                                identity.role(),
                                List.of(),
                                session.created().truncatedTo(ChronoUnit.SECONDS),
                                expires.truncatedTo(ChronoUnit.SECONDS)));
        return new SignIn.Granted(
                identity, token, begun.cookie(), Mask.of(session.csrf()), expires);
    }

    /// Positions, direct messages and the log go by name: nobody from outside may have one that is
    /// somebody else's here.
    private Verdict outside(OutsideTokens.Checked checked) {
        if (!(checked.verdict() instanceof Verdict.Accepted(Identity who))) {
            return checked.verdict();
        }
        if (denied.contains(who.id())) {
            return new Verdict.Refused("the token was revoked", false);
        }
        Optional<User> user = users.find(who.user());
        // whatever they are called there
        if (users.find(checked.account()).filter(User::disabled).isPresent()) {
            return new Verdict.Refused("the user is disabled", false);
        }
        boolean same = user.flatMap(User::account).filter(checked.account()::equals).isPresent();
        if ((user.isPresent() && !same) || tokens.isName(Users.canonical(who.user()))) {
            return new Verdict.Refused(
                    "the token's user has the name of a user or token of this server", false);
        }
        return checked.verdict();
    }

    private Verdict byId(String id) {
        Optional<Session> session = sessions.byId(id);
        if (session.isPresent()) {
            return accept(session.get(), Kind.TOKEN);
        }
        Optional<Token> token = tokens.find(id);
        if (token.isEmpty() || token.get().revoked()) {
            return new Verdict.Refused("the token was revoked", false);
        }
        Token good = token.get();
        return new Verdict.Accepted(
                new Identity(
                        good.name(),
                        good.role(),
                        Kind.TOKEN,
                        good.id(),
                        settings.rightsOf(good.role()).and(good.rights()),
                        Optional.of(good.expires())));
    }

    private Verdict accept(Session session, Kind kind) {
        Optional<Users.Stored> stored = users.stored(session.user());
        if (stored.isEmpty() || stored.get().user().disabled()) {
            return new Verdict.Refused("the user is disabled", false);
        }
        sessions.touch(session);
        return new Verdict.Accepted(identity(session, stored.get().user(), kind));
    }

    private Identity identity(Session session, User user, Kind kind) {
        return new Identity(
                user.name(),
                user.role(),
                kind,
                session.id(),
                settings.rightsOf(user.role()),
                Optional.of(sessions.end(session)));
    }

    private boolean isUser(String name) {
        return users.find(name).isPresent();
    }

    private Optional<String> firstAdministrator(FirstPassword first) {
        if (!users.isEmpty()) {
            return Optional.empty();
        }
        FirstPassword.Made made = first.get();
        // the file first: a crash between the two leaves a password without a user, and the next
        // start makes both anew; the other way round nobody would know the password
        initialPasswordFile.keep(made.password());
        users.addFirst(made.hash());
        return Optional.of(made.password());
    }

    /// What an attacker sends as a name goes into log lines and keys: not at any length.
    private static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64);
    }
}

package io.netsentinel.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Users and tokens of a fresh data directory, with a clock of its own and cheap passwords.
final class Fixture implements AutoCloseable {
    static final InetAddress HOME = address("192.0.2.7");
    static final InetAddress ELSEWHERE = address("198.51.100.9");
    static final String PASSWORD = "a long walk in the rain";

    final Path directory;
    final ManualClock clock = new ManualClock();
    final List<Revocation> revoked = new ArrayList<>();
    private EventLog log;
    private AuthSettings settings = AuthSettings.defaults().withHashIterations(1_000);
    private Auth auth;

    Fixture(Path directory) {
        this.directory = directory;
        this.log = openLog();
        this.auth = open();
    }

    Auth auth() {
        return auth;
    }

    /// Closes and opens again, as a restart does.
    Auth restart() {
        auth.close();
        auth = open();
        return auth;
    }

    /// Closes the database too and reads everything from disk again.
    Auth restartAll() {
        auth.close();
        log.close();
        log = openLog();
        auth = open();
        return auth;
    }

    /// From now on nothing can be stored.
    void loseStorage() {
        log.close();
    }

    Auth restart(AuthSettings other) {
        settings = other;
        return restart();
    }

    AuthSettings settings() {
        return settings;
    }

    User user(String name, Role role) {
        return auth.users().add(name, role, PASSWORD);
    }

    SignIn.Granted signIn(String name) {
        SignIn result = auth.signIn(name, PASSWORD, HOME);
        assertThat(result).isInstanceOf(SignIn.Granted.class);
        return (SignIn.Granted) result;
    }

    Identity accepted(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        return ((Verdict.Accepted) verdict).identity();
    }

    Verdict.Refused refused(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return (Verdict.Refused) verdict;
    }

    private EventLog openLog() {
        return EventLog.open(directory.resolve("log"), LogSettings.defaults());
    }

    private Auth open() {
        Auth opened = Auth.open(log.store(), directory, settings, clock);
        var _ = opened.onRevoked(revoked::add);
        return opened;
    }

    @Override
    public void close() {
        auth.close();
        log.close();
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

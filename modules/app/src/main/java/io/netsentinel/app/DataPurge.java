package io.netsentinel.app;

import io.netsentinel.auth.Auth;
import io.netsentinel.auth.Role;
import io.netsentinel.auth.User;
import io.netsentinel.auth.Users;
import io.netsentinel.detection.Alerts;
import io.netsentinel.detection.Incidents;
import io.netsentinel.queuing.DataDirectoryException;
import io.netsentinel.queuing.DataDirectoryInUseException;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.Purge;
import io.netsentinel.queuing.PurgeReport;
import io.netsentinel.queuing.PurgeRequest;
import io.netsentinel.queuing.PurgeScope;
import io.netsentinel.queuing.PurgeSubject;
import io.netsentinel.transport.Audit;
import io.netsentinel.transport.AuditEntry;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/// Removes the data of an address or a user from what a server has written: its data directory and
/// its log files. Only while nobody has the data directory open.
final class DataPurge {
    private static final System.Logger LOG = System.getLogger(DataPurge.class.getName());

    /// The action of its entry in the audit trail.
    static final String ACTION = "data.purge";

    private static final String REFUSED = "refused: ";

    /// What the server works by: removing a row would change what it does.
    private static final Set<String> KEPT =
            Set.of(
                    "made-sources",
                    "made-sinks",
                    "made-notifications",
                    "paused-sources",
                    "paused-sinks",
                    "paused-notifications",
                    "house-rules");

    /// Who may come in: that a token's name or an issuer has an address in it is no reason to lock
    /// somebody out. When it is about a user, their account and tokens go.
    private static final Set<String> CREDENTIALS =
            Set.of("auth.users", "auth.tokens", "auth.denied");

    private static final Set<String> NAMES_OF_USERS = Set.of("auth.users");

    private final Settings settings;

    DataPurge(Settings settings) {
        this.settings = settings;
    }

    private Purge purge(PurgeSubject subject) {
        Set<String> projected = new HashSet<>(Alerts.tables());
        projected.addAll(Incidents.tables());
        Set<String> kept = new HashSet<>(KEPT);
        if (subject instanceof PurgeSubject.Address) {
            kept.addAll(CREDENTIALS);
        }
        PurgeScope scope = new PurgeScope(projected, kept, NAMES_OF_USERS);
        return new Purge(settings.data(), settings.log(), scope);
    }

    /// What would be removed, in one line.
    String count(PurgeSubject subject) {
        PurgeReport report = purge(subject).count(subject);
        return text(report, logFiles(subject).map(LogFilePurge::count).orElse(0L));
    }

    /// Removes what there is, and writes down that it is done.
    ///
    /// @return what came of it, with nothing in it that names the subject
    Purge.Outcome carryOut(PurgeRequest request) {
        if (lastAdministrator(request.subject())) {
            return Purge.done(
                    settings.data(),
                    request,
                    REFUSED + "the user is the last administrator: add another first");
        }
        PurgeReport report = purge(request.subject()).carryOut(request.subject());
        long lines = logFiles(request.subject()).map(LogFilePurge::remove).orElse(0L);
        return Purge.done(settings.data(), request, text(report, lines));
    }

    static boolean refused(Purge.Outcome outcome) {
        return outcome.summary().startsWith(REFUSED);
    }

    private Optional<LogFilePurge> logFiles(PurgeSubject subject) {
        return settings.logFile().map(file -> new LogFilePurge(file, subject));
    }

    private static String text(PurgeReport report, long lines) {
        return report.summary() + "; lines of log files removed: " + (lines == 0 ? "none" : lines);
    }

    private boolean lastAdministrator(PurgeSubject subject) {
        if (!(subject instanceof PurgeSubject.User)) {
            return false;
        }
        Clock clock = Clock.systemUTC();
        try (EventLog log = EventLog.open(settings.data(), settings.log(), clock);
                Auth auth = Auth.open(log.store(), settings.data(), settings.auth(), clock)) {
            Users users = auth.users();
            return users.find(subject.text()).filter(DataPurge::administers).isPresent()
                    && users.list().stream().filter(DataPurge::administers).count() == 1;
        }
    }

    private static boolean administers(User user) {
        return user.role() == Role.ADMIN && !user.disabled();
    }

    /// Carries out what was asked for while a server ran. What cannot be done now is tried again at
    /// the next start: a server is not kept from starting by it.
    static void pending(Settings settings) {
        for (PurgeRequest request : Purge.pending(settings.data())) {
            LOG.log(System.Logger.Level.INFO, "purge " + request.id() + " is carried out");
            try {
                Purge.Outcome outcome = new DataPurge(settings).carryOut(request);
                LOG.log(
                        System.Logger.Level.INFO,
                        "purge " + request.id() + ": " + outcome.summary());
            } catch (DataDirectoryInUseException e) {
                throw e;
            } catch (DataDirectoryException | UncheckedIOException e) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "purge "
                                + request.id()
                                + " could not be carried out and is tried again at the next start: "
                                + e.getMessage());
            }
        }
    }

    /// Notes in the audit trail what was carried out, and forgets it then.
    static void note(Settings settings, Audit audit) {
        try {
            for (Purge.Outcome outcome : Purge.outcomes(settings.data())) {
                audit.noted(
                                AuditEntry.local(
                                        ACTION, outcome.id(), !refused(outcome), outcome.summary()))
                        .join();
                Purge.forget(settings.data(), outcome.id());
            }
        } catch (CompletionException e) {
            // a full disk, for one: a server that can do less is better than none
            LOG.log(
                    System.Logger.Level.ERROR,
                    "what a purge has done is noted in the audit trail at the next start: {0}",
                    String.valueOf(e.getCause()));
        }
    }
}

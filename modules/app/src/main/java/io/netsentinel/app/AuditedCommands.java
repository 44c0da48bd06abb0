package io.netsentinel.app;

import io.netsentinel.auth.AdminCall;
import io.netsentinel.auth.AdminCommands;
import io.netsentinel.auth.AdminReply;
import io.netsentinel.auth.Auth;
import io.netsentinel.queuing.BackupReport;
import io.netsentinel.queuing.DataDirectoryException;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.StorageDegradedException;
import io.netsentinel.transport.Audit;
import io.netsentinel.transport.AuditChain;
import io.netsentinel.transport.AuditEntry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The commands of the command line that work on a data directory: those about users and tokens,
/// noted in the audit trail, and the one that checks it.
final class AuditedCommands {
    static final String VERIFY = "audit.verify";
    static final String BACKUP = "backup";

    private final AdminCommands commands;
    private final Audit audit;
    private final EventLog log;
    private final Map<String, Function<AdminCall, AdminReply>> more;

    AuditedCommands(Auth auth, Audit audit, EventLog log) {
        this(new AdminCommands(auth), audit, log, Map.of());
    }

    private AuditedCommands(
            AdminCommands commands,
            Audit audit,
            EventLog log,
            Map<String, Function<AdminCall, AdminReply>> more) {
        this.commands = commands;
        this.audit = audit;
        this.log = log;
        this.more = Map.copyOf(more);
    }

    /// The same with a command that only a running server knows.
    AuditedCommands with(String name, Function<AdminCall, AdminReply> command) {
        Map<String, Function<AdminCall, AdminReply>> all = new HashMap<>(more);
        all.put(name, command);
        return new AuditedCommands(commands, audit, log, all);
    }

    AdminReply run(AdminCall call) {
        if (call.command().equals(VERIFY)) {
            return verify();
        }
        AdminReply reply =
                call.command().equals(BACKUP)
                        ? backup(call)
                        : more.getOrDefault(call.command(), commands::run).apply(call);
        if (!call.command().endsWith(".list")) {
            String target =
                    call.argument("name")
                            .or(() -> call.argument("id"))
                            .or(() -> call.argument("file"))
                            .orElse("");
            audit.note(
                    AuditEntry.local(
                            call.command(),
                            target,
                            reply instanceof AdminReply.Done,
                            "by the command line"));
        }
        return reply;
    }

    private AdminReply backup(AdminCall call) {
        try {
            BackupReport made = log.backup(Path.of(call.argument("file").orElse("")));
            return new AdminReply.Done(
                    List.of(
                            Map.of(
                                    "file", made.file().toString(),
                                    "bytes", Long.toString(made.bytes()),
                                    "channels", Integer.toString(made.tails().size()))));
        } catch (DataDirectoryException | StorageDegradedException e) {
            return new AdminReply.Failed(String.valueOf(e.getMessage()));
        }
    }

    private AdminReply verify() {
        AuditChain.Verdict verdict = AuditChain.verify(log);
        return new AdminReply.Done(
                List.of(
                        Map.of(
                                "entries", Long.toString(verdict.entries()),
                                "first", Long.toString(verdict.first()),
                                "last", Long.toString(verdict.last()),
                                "head", verdict.head(),
                                "problems", String.join("\n", verdict.problems()))));
    }
}

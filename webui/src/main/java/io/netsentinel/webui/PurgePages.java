package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.Role;
import io.netsentinel.auth.User;
import io.netsentinel.queuing.Purge;
import io.netsentinel.queuing.PurgeRequest;
import io.netsentinel.queuing.PurgeSubject;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Audit;
import io.netsentinel.transport.AuditEntry;
import io.netsentinel.transport.DataPlace;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Deed;
import io.netsentinel.webui.Sheet.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Removing personal data from the page `/settings`: `POST /settings/purge/preview` shows what it
/// would do and asks for a reason and a confirmation, `POST /settings/purge` writes the request
/// down for the next start, `POST /settings/purge/withdraw` takes it back while it waits.
///
/// Whose data it is goes by forms alone, never by an address, which logs and histories keep.
final class PurgePages {
    private static final String ASKED = "data.purge.ask";
    private static final String WITHDRAWN = "data.purge.withdraw";
    private static final String BACK = "/settings#sheet-purges";
    private static final int LONGEST_REASON = 400;

    private final Web web;
    private final Path data;
    private final Optional<Audit> audit;
    private final Auth auth;

    private PurgePages(Web web, Path data, Services services) {
        this.web = web;
        this.data = data;
        this.audit = services.find(Audit.class);
        this.auth = services.get(Auth.class);
    }

    /// Where the data directory is known.
    static Optional<PurgePages> of(Web web, Services services) {
        return services.find(DataPlace.class)
                .map(place -> new PurgePages(web, place.path(), services));
    }

    /// What the page shows.
    ///
    /// @param kind `address` or `user`
    /// @param text whose data, as it is shown
    /// @param exact whose data, as it was given
    /// @param effects what it does
    /// @param reason what was given
    /// @param problem what is wrong with what was given; empty for nothing
    record Shown(
            String kind,
            String text,
            String exact,
            List<String> effects,
            String reason,
            String problem) {}

    void routes(Routes routes) {
        routes.post("/settings/purge/preview", Access.ADMIN, this::preview)
                .post("/settings/purge", Access.ADMIN, this::ask)
                .post("/settings/purge/withdraw", Access.ADMIN, this::withdraw);
    }

    /// What waits for the next start.
    Sheet sheet() {
        List<PurgeRequest> pending = Purge.pending(data);
        return new Sheet(
                "purges",
                "Personal data to be removed",
                "done when the server starts the next time",
                List.of(
                        new Column("Number", "mono"),
                        new Column("Whose", ""),
                        new Column("", "mono wide")),
                pending.stream()
                        .map(one ->
                                new Line(
                                        "purge-" + one.id(),
                                        List.of(
                                                Cell.mono(one.id()),
                                                Cell.of(one.subject().kind()),
                                                Cell.mono(one.subject().text())),
                                        List.of(
                                                new Deed(
                                                        "/settings/purge/withdraw",
                                                        "Withdraw",
                                                        "id",
                                                        one.id()))))
                        .toList(),
                "Nothing waits",
                "When somebody wants what is known about them removed, ask for it below.");
    }

    private static PurgeSubject subject(Forms form) {
        try {
            return PurgeSubject.of(form.first("kind"), form.first("text"));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(Visible.of(String.valueOf(e.getMessage())));
        }
    }

    private void preview(ServerRequest request, ServerResponse response) {
        show(request, response, subject(Forms.read(request)), "", "");
    }

    private void show(
            ServerRequest request,
            ServerResponse response,
            PurgeSubject subject,
            String reason,
            String problem) {
        Map<String, Object> model =
                web.model(request, PageHead.of("Remove personal data", "/settings"));
        List<String> effects = new ArrayList<>(PurgePreview.of(web.log(), subject).sentences());
        account(subject)
                .ifPresent(user ->
                        effects.add(
                                "The account is removed, with its sessions and tokens: role "
                                        + user.role().text()));
        model.put(
                "purge",
                new Shown(
                        subject.kind(),
                        Visible.of(subject.text()),
                        subject.text(),
                        effects,
                        reason,
                        problem));
        web.page(response, "purge", model);
    }

    private Optional<User> account(PurgeSubject subject) {
        return subject instanceof PurgeSubject.User
                ? auth.users().find(subject.text())
                : Optional.empty();
    }

    private void ask(ServerRequest request, ServerResponse response) {
        Forms form = Forms.read(request);
        PurgeSubject subject = subject(form);
        String reason = form.first("reason").strip();
        Optional<String> problem = problem(subject, reason, form.first("confirm").strip());
        if (problem.isPresent()) {
            show(request, response, subject, Visible.of(reason), problem.get());
            return;
        }
        PurgeRequest made = Web.stored(() -> Purge.request(data, subject));
        note(request, ASKED, made.id(), reason);
        Web.redirect(response, BACK);
    }

    private Optional<String> problem(PurgeSubject subject, String reason, String confirmed) {
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            return Optional.of("Say why, in up to " + LONGEST_REASON + " characters.");
        }
        if (subject.inText(reason)) {
            return Optional.of(
                    "The reason names whose data it is: it stays in the audit trail, where that must not stand.");
        }
        if (!confirmed.equals(subject.text())) {
            return Optional.of(
                    "That is not what is to be removed: type " + Visible.of(subject.text()) + ".");
        }
        if (account(subject).filter(this::lastAdministrator).isPresent()) {
            return Optional.of("This is the last administrator: add another first.");
        }
        if (Purge.pending(data).size() >= Purge.MOST_PENDING) {
            return Optional.of(
                    "%d requests wait already: start the server anew first."
                            .formatted(Purge.MOST_PENDING));
        }
        return Optional.empty();
    }

    private boolean lastAdministrator(User user) {
        return administers(user)
                && auth.users().list().stream().filter(PurgePages::administers).count() == 1;
    }

    private static boolean administers(User user) {
        return user.role() == Role.ADMIN && !user.disabled();
    }

    private void withdraw(ServerRequest request, ServerResponse response) {
        String id = Forms.read(request).first("id");
        boolean waits = Purge.pending(data).stream().anyMatch(one -> one.id().equals(id));
        if (waits) {
            Web.stored(() -> {
                Purge.forget(data, id);
                return true;
            });
            note(request, WITHDRAWN, id, "");
        }
        web.answer(
                request,
                response,
                BACK,
                waits
                        ? Toast.done("It is withdrawn: nothing is removed.")
                        : Toast.problem("There is no such request that waits."));
    }

    /// By its number, never by whose it is.
    private void note(ServerRequest request, String action, String id, String detail) {
        audit.ifPresent(trail ->
                trail.note(
                        new AuditEntry(
                                action,
                                Guard.identity(request).user(),
                                Optional.of(Guard.address(request)),
                                id,
                                true,
                                detail)));
    }
}

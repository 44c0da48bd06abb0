package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.channels.DurableCursors;
import io.netsentinel.channels.DurableInfo;
import io.netsentinel.queuing.InboxInfo;
import io.netsentinel.queuing.Inboxes;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Queues;
import io.netsentinel.transport.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Removing what is kept for one client: `GET /queues/purge` says what would go, `POST
/// /queues/purge` does it. What is meant is in `durable`, as user/name, or in `messages`, as
/// user/client.
final class QueuePages {
    static final String PATH = "/queues/purge";
    static final String DURABLE = "durable";
    static final String MESSAGES = "messages";
    private static final String BACK = "/queues";

    private final Web web;
    private final Queues queues;

    QueuePages(Web web, Queues queues) {
        this.web = web;
        this.queues = queues;
    }

    void routes(Routes routes) {
        routes.get(PATH, Access.ADMIN_PAGE, this::ask).post(PATH, Access.ADMIN, this::purge);
    }

    /// A page that asks before something is done.
    ///
    /// @param title what it is about
    /// @param what it is done to, as it is shown
    /// @param effects what it does
    /// @param name the field that says to what
    /// @param value what it says
    record Confirm(String title, String what, List<String> effects, String name, String value) {
        String label() {
            return "Purge";
        }

        String action() {
            return PATH;
        }

        String back() {
            return BACK;
        }
    }

    /// One of the two kinds.
    ///
    /// @param owner whose
    /// @param name of the durable subscription, or the client's id
    private record Queue(String kind, String owner, String name) {
        static Queue of(Function<String, String> fields) {
            String kind = fields.apply(DURABLE).isEmpty() ? MESSAGES : DURABLE;
            String text = fields.apply(kind);
            // neither a name nor a client's id has a slash in it
            int slash = text.lastIndexOf('/');
            if (slash < 0) {
                throw Problem.badRequest(
                        "say which queue: durable=user/name or messages=user/client");
            }
            return new Queue(kind, text.substring(0, slash), text.substring(slash + 1));
        }

        boolean durable() {
            return kind.equals(DURABLE);
        }

        String text() {
            return owner + "/" + name;
        }

        Problem none() {
            return Problem.notFound(
                    durable()
                            ? Visible.of(owner) + " has no durable subscription " + Visible.of(name)
                            : Visible.of(owner) + " has no client " + Visible.of(name));
        }
    }

    private void ask(ServerRequest request, ServerResponse response) {
        Function<String, Optional<String>> parameters = Web.parameters(request);
        Queue queue = Queue.of(name -> parameters.apply(name).orElse(""));
        Map<String, Object> model = web.model(request, PageHead.of("Purge a queue", BACK));
        model.put(
                "confirm",
                new Confirm(
                        queue.durable() ? "Purge a durable subscription" : "Purge direct messages",
                        Visible.of(queue.text()),
                        effects(queue),
                        queue.kind(),
                        queue.text()));
        web.page(response, "confirm", model);
    }

    private List<String> effects(Queue queue) {
        if (queue.durable()) {
            DurableInfo info = durable(queue).orElseThrow(queue::none);
            return List.of(
                    "Its place in "
                            + Visible.of(info.cursor().channels())
                            + " is forgotten; no event is removed.",
                    info.held()
                            ? "The connection that holds it is told, and its subscription ends."
                            : "Its client begins anew, with what is new, when it comes back.");
        }
        InboxInfo info = inbox(queue).orElseThrow(queue::none);
        String size = " (" + Numbers.bytes(info.bytes()) + ").";
        return List.of(
                info.messages() == 1
                        ? "1 message that waits is removed" + size
                        : Numbers.whole(info.messages()) + " messages that wait are removed" + size,
                "The client never gets what is removed; its next message tells it how many.");
    }

    private Optional<DurableInfo> durable(Queue queue) {
        DurableCursors cursors = queues.cursors();
        return cursors.list(queue.owner(), "", Integer.MAX_VALUE).stream()
                .filter(one -> one.cursor().name().equals(queue.name()))
                .findFirst();
    }

    private Optional<InboxInfo> inbox(Queue queue) {
        Inboxes inboxes = queues.inboxes();
        return inboxes.list(queue.owner(), "", Integer.MAX_VALUE).stream()
                .filter(one -> one.client().equals(queue.name()))
                .findFirst();
    }

    private void purge(ServerRequest request, ServerResponse response) {
        Queue queue = Queue.of(Forms.read(request)::first);
        String whose = Visible.of(queue.text());
        String done;
        if (queue.durable()) {
            if (!queues.cursors().purge(queue.owner(), queue.name())) {
                throw queue.none();
            }
            done = "The durable subscription " + whose + " is removed.";
        } else {
            int count =
                    queues.inboxes().purge(queue.owner(), queue.name()).orElseThrow(queue::none);
            done = Numbers.count(count, "message") + " for " + whose + " removed.";
        }
        Guard.handsOut(request, done);
        web.tell(request, response, BACK, done);
    }
}

package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.ChannelUse;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.Hub;
import io.netsentinel.events.Channel;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Messenger;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Queues;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an administrator sends from the page `/connections`: `POST /connections/broadcast` to all
/// who follow a channel, `POST /connections/notify` to one client.
final class MessageForms {
    private static final String BACK = "/connections";
    private static final int MOST = 500;

    private final Web web;
    private final Services services;

    MessageForms(Web web, Services services) {
        this.web = web;
        this.services = services;
    }

    void routes(Routes routes) {
        routes.post("/connections/broadcast", Access.ADMIN, this::broadcast)
                .post("/connections/notify", Access.ADMIN, this::notify);
    }

    /// To whom it can be sent.
    ///
    /// @param channels those that somebody may publish to and that are not the sensors'
    /// @param clients those that are known, as user/client
    /// @param client the one that was chosen, empty for none
    record Recipients(List<Choice> channels, List<String> clients, String client) {
        /// @param usual whether it is the one that is chosen at first
        record Choice(String name, boolean usual) {}

        static Recipients of(Services services, Identity who, String client) {
            List<Choice> channels =
                    services.get(Hub.class).channels().stream()
                            .map(ChannelInfo::name)
                            .filter(name -> who.may(ChannelUse.PUBLISH, name))
                            .filter(name -> !Web.SENSOR_CHANNELS.contains(name))
                            .map(name -> new Choice(name, name.equals(Channel.SYSTEM)))
                            .toList();
            List<String> clients =
                    services.find(Queues.class).stream()
                            .flatMap(queues -> queues.inboxes().list("", "", MOST).stream())
                            .map(one -> Visible.of(one.user() + "/" + one.client()))
                            .toList();
            return new Recipients(channels, clients, Visible.of(client));
        }
    }

    private Messenger messenger() {
        return services.find(Messenger.class)
                .orElseThrow(() ->
                        Problem.unavailable(
                                "this server has no connections", Duration.ofSeconds(5)));
    }

    private void broadcast(ServerRequest request, ServerResponse response) {
        Forms form = Forms.read(request);
        String channel = form.first("channel").strip();
        var position =
                messenger()
                        .broadcast(
                                Guard.identity(request),
                                channel,
                                Messenger.data(form.first("text")));
        String where = Visible.of(position.channel()) + " as number " + position.offset();
        Guard.handsOut(request, "message on " + where);
        web.tell(request, response, BACK, "Sent to all on " + where + ".");
    }

    private void notify(ServerRequest request, ServerResponse response) {
        Forms form = Forms.read(request);
        String wanted = form.first("client").strip();
        int slash = wanted.lastIndexOf('/');
        Messenger.Sent sent =
                messenger()
                        .notify(
                                Guard.identity(request),
                                slash < 0
                                        ? Optional.empty()
                                        : Optional.of(wanted.substring(0, slash)),
                                wanted.substring(slash + 1),
                                Messenger.data(form.first("text")));
        String to = Visible.of(sent.user() + "/" + sent.client());
        Guard.handsOut(request, "message to " + to);
        web.tell(
                request,
                response,
                BACK,
                sent.delivered()
                        ? "Delivered to " + to + "."
                        : "Queued for %s: it is kept until %s UTC."
                                .formatted(to, Rows.full(sent.expires()).substring(0, 19)));
    }
}

package io.netsentinel.webui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.integrations.SinkPlace;
import io.netsentinel.integrations.Sinks;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Forms;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Having a sink send again what it has sent: `GET /integrations/sinks/rewind` says where it is and
/// asks how far back, `POST /integrations/sinks/rewind` does it.
final class RewindPages {
    static final String PATH = "/integrations/sinks/rewind";
    private static final String BACK = "/integrations";

    private final Web web;
    private final Sinks sinks;

    RewindPages(Web web, Sinks sinks) {
        this.web = web;
        this.sinks = sinks;
    }

    void routes(Routes routes) {
        routes.get(PATH, Access.ADMIN_PAGE, this::ask).post(PATH, Access.ADMIN, this::rewind);
    }

    /// What the page shows.
    ///
    /// @param name of the sink, as it is shown
    /// @param exact as it is
    /// @param places where it is
    record Shown(String name, String exact, List<Place> places) {
        /// @param text how far it is
        record Place(String channel, String text) {
            static Place of(SinkPlace place) {
                return new Place(
                        place.channel(),
                        "is sent up to %s of %s"
                                .formatted(
                                        Numbers.whole(place.offset()),
                                        Numbers.whole(place.tail())));
            }
        }
    }

    private void ask(ServerRequest request, ServerResponse response) {
        String name = Web.parameters(request).apply("name").orElse("");
        List<SinkPlace> places = sinks.places(name);
        if (places.isEmpty()) {
            throw Problem.notFound("there is no sink " + Visible.of(name) + " that runs");
        }
        Map<String, Object> model = web.model(request, PageHead.of("Rewind a sink", BACK));
        model.put(
                "rewind",
                new Shown(Visible.of(name), name, places.stream().map(Shown.Place::of).toList()));
        web.page(response, "rewind", model);
    }

    private void rewind(ServerRequest request, ServerResponse response) {
        Forms form = Forms.read(request);
        String name = form.first("name");
        Map<String, Long> offsets = sinks.rewind(name, wish(form), Guard.identity(request).user());
        String done =
                offsets.entrySet().stream()
                        .map(one ->
                                Visible.of(one.getKey())
                                        + " after "
                                        + Numbers.whole(one.getValue()))
                        .collect(Collectors.joining(", ", Visible.of(name) + " goes on in ", "."));
        Guard.handsOut(request, done);
        web.tell(request, response, BACK, done);
    }

    private static ObjectNode wish(Forms form) {
        ObjectNode wish = Json.object();
        String to = form.first("to");
        String value = form.first("value").strip();
        switch (to) {
            case "all" -> wish.put("all", true);
            case "since" -> wish.put("since", value);
            case "records", "offset" -> wish.put(to, number(value));
            default -> throw Problem.badRequest("say how far back: all, since, records or offset");
        }
        String channel = form.first("channel");
        return channel.isEmpty() ? wish : wish.put("channel", channel);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            throw Problem.badRequest("\"" + Visible.of(text) + "\" is no whole number");
        }
    }
}

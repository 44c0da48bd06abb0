package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.FilterException;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `/network`: the newest flows, transactions and packets, who is seen most in them, and one of
/// them in full.
final class NetworkPage {
    private static final int MOST = 1_000;
    private static final int MOST_ALERTS = 20;

    private final Web web;
    private final RecentEvents recent;

    NetworkPage(Web web) {
        this.web = web;
        this.recent = new RecentEvents(web);
    }

    /// A way to look at it.
    record Choice(String id, String label, String href, boolean on) {}

    void routes(Routes routes) {
        routes.get("/network", Access.PAGE, this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        NetworkView view = NetworkView.parse(Web.parameters(request));
        String channel = view.kind().channel();
        if (!who.mayRead(channel)) {
            throw Problem.forbidden("This identity may not read the channel " + channel + ".");
        }
        String problem = "";
        NetworkView shown = view;
        try {
            view.whole();
        } catch (FilterException e) {
            problem = Web.problem(e);
            Web.refuseFile(request, problem);
            shown = view.filtered("").opened(view.event());
        }
        // before the events are read: what is pushed again is known by its offset
        Optional<ChannelInfo> place = web.hub().channel(channel);
        NetworkSheets sheets =
                new NetworkSheets(
                        shown, recent.newest(who, channel, shown.whole(), MOST, shown.window()));
        Map<String, Object> model =
                web.model(
                        request,
                        new PageHead(
                                "Network",
                                "Network",
                                "/network",
                                "",
                                kept(view),
                                view.window().form(web.now(), RecentEvents.RANGES)));
        model.put("choices", choices(view));
        model.put("show", view.kind().key());
        model.put("filter", Visible.of(view.filter()));
        model.put("problem", problem);
        model.put("bars", sheets.bars());
        model.put("sheets", List.of(sheets.sheet()));
        model.put("kept", view.window().fields(TimeRange.ALL));
        boolean follows = view.window().live() && who.maySubscribe(channel);
        boolean pushed = follows && place.isPresent() && sheets.sheet().full();
        model.put("follows", follows && !pushed ? channel : "");
        model.put("pushed", pushed ? channel : "");
        model.put("format", view.kind().format());
        place.ifPresent(at ->
                model.put(
                        "at",
                        new OverviewModel.At(at.epoch(), at.tail(), web.now().toEpochMilli())));
        model.put("watched", shown.whole());
        Optional<RecentEvents.One> opened = recent.one(who, channel, view.event());
        model.put("opened", opened.isPresent());
        NetworkView from = shown;
        opened.ifPresent(one ->
                model.put("record", RecordModel.of(one.event(), alerts(who, one.event()), from)));
        web.show(request, response, new Web.Shown("network", "records"), model);
    }

    private static List<Shell.Kept> kept(NetworkView view) {
        return Stream.of(
                        new Shell.Kept("show", view.kind().key()),
                        new Shell.Kept("q", view.filter()))
                .filter(one -> !one.value().isEmpty())
                .toList();
    }

    private static List<Choice> choices(NetworkView view) {
        return Arrays.stream(NetworkView.Kind.values())
                .map(kind ->
                        new Choice(
                                "show-" + kind.channel() + "-" + kind.key(),
                                kind.label(),
                                view.of(kind).href(),
                                kind == view.kind()))
                .toList();
    }

    /// Alerts of the same flow, by any sensor.
    private List<Event> alerts(Identity who, Event event) {
        String flow = RecordModel.sameFlow(event);
        if (flow.isEmpty() || !who.mayRead(Channel.ALERTS)) {
            return List.of();
        }
        return recent
                .newest(who, Channel.ALERTS, "event.kind = alert and (" + flow + ")", MOST_ALERTS)
                .events()
                .stream()
                .map(RecentEvents.One::event)
                .toList();
    }
}

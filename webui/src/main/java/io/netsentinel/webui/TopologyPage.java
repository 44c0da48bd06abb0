package io.netsentinel.webui;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.HistoryRequest;
import io.netsentinel.detection.Topology;
import io.netsentinel.detection.TopologyMap;
import io.netsentinel.events.Channel;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.transport.Access;
import io.netsentinel.transport.Guard;
import io.netsentinel.transport.Problem;
import io.netsentinel.transport.Routes;
import io.netsentinel.transport.Services;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `/topology`: who talks to whom, as a picture and as tables, now or at a past moment.
final class TopologyPage {

    /// As many connections as are looked at to choose what is drawn.
    private static final int MOST = 50_000;

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Web web;
    private final Optional<Topology> topology;
    private Made made = new Made(Instant.MIN, Optional.empty(), Optional.empty());

    /// What is known, and the place of the channel before it was read: what is told from there on
    /// may not be in it.
    private record Made(Instant at, Optional<ChannelInfo> place, Optional<TopologyMap> map) {}

    TopologyPage(Web web, Services services) {
        this.web = web;
        this.topology = services.find(Topology.class);
    }

    void routes(Routes routes) {
        routes.get("/topology", Access.PAGE, this::show);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Identity who = Guard.identity(request);
        if (!who.mayRead(Channel.TOPOLOGY)) {
            throw Problem.forbidden(
                    "This identity may not read the channel topology, or only some rows of events.");
        }
        Instant now = web.now();
        TopologyView view = TopologyView.parse(Web.parameters(request), now);
        Map<String, Object> model = web.model(request, PageHead.of("Topology", "/topology"));
        // before anything is read: from there on it is pushed
        OverviewModel.At alerts = web.at();
        Made latest = fresh(now);
        Optional<ChannelInfo> place = latest.place();
        Optional<TopologyMap> found = view.at().map(this::then).orElseGet(latest::map);
        TopologyMap map = found.orElseGet(() -> empty(view.at().orElse(now)));
        Optional<TopologyMap> before =
                view.than() == TopologyView.Than.NOTHING
                        ? Optional.empty()
                        : then(view.at().orElse(now).minus(view.than().time()));
        TopologyChanges changes =
                before.map(then -> TopologyChanges.between(then, map)).orElse(TopologyChanges.NONE);
        TopologyHeat heat = TopologyHeat.of(web.alerts(), who, view.at());
        TopologyDrawing drawing = TopologyDrawing.of(map, changes, heat, view);
        TopologySheets sheets = new TopologySheets(changes, heat, view);
        boolean full = !drawing.hosts().isEmpty() || !drawing.gone().hosts().isEmpty();
        Optional<TopologyDetail> opened = TopologyDetail.of(map, changes, heat, view);
        model.put("severities", OverviewModel.Level.all());
        model.put("view", TopologyModel.of(view, now, oldest().orElse(now)));
        model.put(
                "net",
                new TopologyModel.Net(
                        full,
                        drawing.summary(),
                        TopologyModel.note(map, now),
                        comparison(view, before, changes),
                        view.at().isEmpty()
                                ? "No flow has come yet"
                                : "Nothing is kept of that time",
                        view.at().isEmpty()
                                ? "Hosts come from flows: Suricata's flow, Zeek's conn, capture files."
                                : "It was not kept yet, or is kept no more."));
        model.put("picture", TopologyPicture.draw(drawing, changes, heat, view));
        model.put("sheets", List.of(sheets.hosts(drawing), sheets.edges(drawing)));
        model.put("opened", opened.isPresent());
        opened.ifPresent(detail -> model.put("detail", detail));
        boolean follows = view.at().isEmpty() && who.maySubscribe(Channel.TOPOLOGY);
        // what has changed since another moment is for the server to say
        boolean pushed =
                follows && full && place.isPresent() && view.than() == TopologyView.Than.NOTHING;
        model.put("follows", follows && !pushed ? Channel.TOPOLOGY : "");
        model.put("pushed", pushed ? Channel.TOPOLOGY : "");
        model.put("heat", pushed ? heat.text() : "");
        model.put("alerts", alerts);
        model.put("heated", pushed && who.maySubscribe(Channel.ALERTS));
        place.ifPresent(at ->
                model.put("at", new OverviewModel.At(at.epoch(), at.tail(), now.toEpochMilli())));
        web.show(request, response, new Web.Shown("topology", "net"), model);
    }

    private static String comparison(
            TopologyView view, Optional<TopologyMap> before, TopologyChanges changes) {
        if (view.than() == TopologyView.Than.NOTHING) {
            return "";
        }
        return before.isEmpty()
                ? "Nothing is kept of the moment " + view.than().label() + " to compare with."
                : "Since " + view.than().label() + ": " + changes.summary() + ".";
    }

    /// The same for all who look, made at most once a second.
    private synchronized Made fresh(Instant now) {
        if (made.at().isBefore(now.minus(FRESH))) {
            Optional<ChannelInfo> place = web.hub().channel(Channel.TOPOLOGY);
            made = new Made(now, place, topology.map(all -> all.now(MOST)));
        }
        return made;
    }

    private Optional<TopologyMap> then(Instant at) {
        return topology.flatMap(all -> all.at(at, MOST));
    }

    private static TopologyMap empty(Instant at) {
        return new TopologyMap(
                at,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                new TopologyMap.Size(0, 0),
                new TopologyMap.Lost(0, 0, 0));
    }

    /// From when on there is something to look at.
    private Optional<Instant> oldest() {
        if (web.hub().channel(Channel.TOPOLOGY).isEmpty()) {
            return Optional.empty();
        }
        return web
                .hub()
                .history(HistoryRequest.of(Channel.TOPOLOGY).limit(1))
                .join()
                .events()
                .stream()
                .findFirst()
                .map(LogRecord::time)
                .map(Instant::ofEpochMilli);
    }
}

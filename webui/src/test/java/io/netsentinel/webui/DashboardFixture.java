package io.netsentinel.webui;

import io.netsentinel.analytics.FigureHistory;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.detection.Alerts;
import io.netsentinel.detection.IncidentSettings;
import io.netsentinel.detection.Incidents;
import io.netsentinel.detection.ScoreSettings;
import io.netsentinel.detection.Scores;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.integrations.HouseRules;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.queuing.Store;
import io.netsentinel.transport.DataPlace;
import io.netsentinel.transport.EffectiveSettings;
import io.netsentinel.transport.ProtocolSettings;
import io.netsentinel.transport.Server;
import io.netsentinel.transport.ServerSettings;
import io.netsentinel.transport.Services;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The real server with the dashboard and nothing else, on a directory.
final class DashboardFixture implements AutoCloseable {
    static final String PASSWORD = "correct horse battery staple";

    private final EventLog log;
    private final Hub hub;
    private final Alerts alerts;
    private final Incidents incidents;
    private final Scores scores;
    private final HouseRules rules;
    private final FigureHistory figures;
    private final Auth auth;
    private final Dashboard dashboard = new Dashboard();
    private final Server server;
    private final Services services;

    private DashboardFixture(Path directory, boolean streams) {
        log = EventLog.open(directory, LogSettings.defaults());
        hub = Hub.create(log, HubSettings.defaults(), List.of(new HtmlCodec()));
        alerts = Alerts.create(log, hub, Clock.systemUTC());
        incidents = Incidents.create(log, hub, Clock.systemUTC(), IncidentSettings.defaults());
        scores = Scores.start(log, hub, Clock.systemUTC(), ScoreSettings.defaults());
        figures = FigureHistory.open(log.store(), Clock.systemUTC(), true);
        rules =
                HouseRules.open(
                        log.store(),
                        _ -> CompletableFuture.completedFuture(null),
                        Clock.systemUTC());
        auth =
                Auth.open(
                        log.store(),
                        directory,
                        AuthSettings.defaults().withHashIterations(1_000),
                        Clock.systemUTC());
        services =
                Services.builder()
                        .add(EventLog.class, log)
                        .add(Auth.class, auth)
                        .add(Hub.class, hub)
                        .add(Alerts.class, alerts)
                        .add(Incidents.class, incidents)
                        .add(Scores.class, scores)
                        .add(HouseRules.class, rules)
                        .add(EffectiveSettings.class, settings())
                        .add(FigureHistory.class, figures)
                        .add(DataPlace.class, new DataPlace(directory))
                        .build();
        ServerSettings settings = ServerSettings.defaults().withPort(0);
        server =
                streams
                        ? Server.start(
                                settings,
                                ProtocolSettings.defaults(),
                                services,
                                List.of(dashboard),
                                List.of())
                        : Server.start(settings, services, List.of(dashboard));
    }

    static DashboardFixture open(Path directory) {
        return new DashboardFixture(directory, false);
    }

    /// The same with connections, and with what is kept for clients while they are away.
    static DashboardFixture withStreams(Path directory) {
        return new DashboardFixture(directory, true);
    }

    Services services() {
        return services;
    }

    private static EffectiveSettings settings() {
        return new EffectiveSettings(
                List.of(
                        new EffectiveSettings.Section(
                                "A made-up section",
                                List.of(
                                        new EffectiveSettings.Setting(
                                                "port", "8082", "default", "8082", "Where."),
                                        new EffectiveSettings.Setting(
                                                "retention.max-age",
                                                "1 d",
                                                "conf/netsentinel.yaml",
                                                "30 d",
                                                "How long.")))));
    }

    Store store() {
        return log.store();
    }

    FigureHistory figures() {
        return figures;
    }

    HouseRules rules() {
        return rules;
    }

    Alerts alerts() {
        return alerts;
    }

    Incidents incidents() {
        return incidents;
    }

    /// Publishes alerts and waits until the index has them.
    void publish(Event... events) {
        List<Entry> entries =
                Arrays.stream(events)
                        .map(event -> new Entry(Channel.ALERTS, event.toJson(), 1, 0))
                        .toList();
        long last =
                hub.publish(new Append(entries, List.of(), Optional.empty()))
                        .join()
                        .positions()
                        .getLast()
                        .offset();
        log.projections().awaitApplied("alerts", Channel.ALERTS, last).join();
    }

    /// Publishes when the clock of commits has passed a moment.
    void publishLaterThan(long millis, Event event) {
        while (System.currentTimeMillis() <= millis) {
            Thread.onSpinWait();
        }
        publish(event);
    }

    /// Publishes events that are no alerts.
    void publishOn(String channel, Event... events) {
        List<Entry> entries =
                Arrays.stream(events)
                        .map(event -> new Entry(channel, event.toJson(), 1, 0))
                        .toList();
        hub.publish(new Append(entries, List.of(), Optional.empty())).join();
    }

    /// What is stored on a channel, as text.
    List<String> stored(String channel) {
        return log.read(channel, 0, 100, 1 << 20).join().records().stream()
                .map(one -> new String(one.payload(), StandardCharsets.UTF_8))
                .toList();
    }

    /// A browser in which a new user with this role has signed in.
    Browser signedIn(String user, Role role) {
        auth.users().add(user, role, PASSWORD);
        Browser browser = browser();
        Browser.Reply reply =
                browser.submit("/login", "username", user, "password", PASSWORD, "next", "/");
        if (reply.status() != 303) {
            throw new IllegalStateException("signing in failed: " + reply);
        }
        return browser;
    }

    Browser browser() {
        return new Browser(server.port());
    }

    @Override
    public void close() {
        server.close();
        figures.close();
        dashboard.close();
        auth.close();
        scores.close();
        incidents.close();
        alerts.close();
        hub.close();
        log.close();
    }
}

package io.netsentinel.app;

import io.netsentinel.analytics.FigureHistory;
import io.netsentinel.auth.AdminSocket;
import io.netsentinel.auth.Auth;
import io.netsentinel.auth.FirstPassword;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.spi.Codec;
import io.netsentinel.detection.Alerts;
import io.netsentinel.detection.Detection;
import io.netsentinel.detection.Incidents;
import io.netsentinel.detection.Scores;
import io.netsentinel.detection.ServerHealth;
import io.netsentinel.detection.Topology;
import io.netsentinel.detection.spi.Detector;
import io.netsentinel.integrations.DatabaseNotices;
import io.netsentinel.integrations.Enrichment;
import io.netsentinel.integrations.HouseRules;
import io.netsentinel.integrations.Notifications;
import io.netsentinel.integrations.SensorHealth;
import io.netsentinel.integrations.Sensors;
import io.netsentinel.integrations.Sinks;
import io.netsentinel.integrations.Sources;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.Store;
import io.netsentinel.tracing.Tracing;
import io.netsentinel.transport.Audit;
import io.netsentinel.transport.AuditEntry;
import io.netsentinel.transport.DataPlace;
import io.netsentinel.transport.EffectiveSettings;
import io.netsentinel.transport.QueueSettings;
import io.netsentinel.transport.Server;
import io.netsentinel.transport.Services;
import io.netsentinel.transport.spi.Endpoint;
import io.netsentinel.transport.spi.Method;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/// The running server: its parts in the order of their start, closed in the opposite order.
final class Application implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Application.class.getName());

    /// What remains of the 10 s of a stop is for what was read to be committed and the log to
    /// close.
    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Settings settings;
    private final Auth auth;
    private final Server server;

    private Application(Settings settings) {
        this.settings = settings;
        try {
            Clock clock = Clock.systemUTC();
            opened(YoungSpace.start());
            Ahead.run("listener", Server::prepare);
            FirstPassword firstPassword = FirstPassword.ahead(settings.data(), settings.auth());
            DataPurge.pending(settings);
            EventLog log = opened(EventLog.open(settings.data(), settings.log(), clock));
            Ahead<Auth> identities =
                    opened(
                            Ahead.open(
                                    "auth",
                                    () ->
                                            Auth.open(
                                                    log.store(),
                                                    settings.data(),
                                                    settings.auth(),
                                                    firstPassword,
                                                    clock),
                                    Auth::close));
            Tracing tracing = opened(settings.tracing().map(Tracing::start).orElse(Tracing.OFF));
            Hub hub = opened(Hub.create(log, settings.hub(), all(Codec.class), tracing));
            Alerts alerts = opened(Alerts.create(log, hub, clock));
            Topology topology = Topology.create(log, settings.topology(), clock);
            List<Detector> detectors = new ArrayList<>(AllDetectors.list());
            if (settings.topology().enabled()) {
                detectors.add(topology.detector());
            }
            Detection detection =
                    opened(Detection.start(log, hub, settings.detection(), detectors, clock));
            Incidents incidents = opened(Incidents.create(log, hub, clock, settings.incidents()));
            Scores scores = opened(Scores.start(log, hub, clock, settings.scores()));
            ServerHealth health =
                    opened(
                            ServerHealth.start(
                                    log, settings.data(), detection, hub::publish, clock));
            Sensors sensors = opened(Sensors.open(log.store(), clock));
            SensorHealth sensorHealth = opened(SensorHealth.start(sensors, hub::publish, clock));
            Audit audit = opened(Audit.open(log, hub::publish, clock));
            DataPurge.note(settings, audit);
            opened(DatabaseNotices.start(log.store(), hub::publish, clock));
            // before anything comes in: a new sink begins with what comes
            Sinks sinks =
                    opened(
                            Sinks.start(
                                    hub,
                                    log,
                                    audit::append,
                                    settings.sinks(),
                                    settings.sinkLimits()));
            Notifications notifications =
                    opened(
                            Notifications.start(
                                    hub,
                                    log,
                                    audit::append,
                                    settings.notifications(),
                                    settings.sinkLimits()));
            HouseRules rules = HouseRules.open(log.store(), audit::append, clock);
            Enrichment enrichment = opened(Enrichment.start(settings.enrichment()));
            Sources sources =
                    opened(
                            Sources.start(
                                    hub,
                                    log,
                                    audit::append,
                                    settings.sources(),
                                    settings.sourceLimits(),
                                    sensors,
                                    rules,
                                    enrichment));
            FigureHistory figures =
                    opened(
                            FigureHistory.open(
                                    log.store(), clock, settings.streams().timeDeliveries()));
            List<Endpoint> endpoints = all(Endpoint.class);
            for (Endpoint endpoint : endpoints) {
                if (endpoint instanceof AutoCloseable part) {
                    parts.push(part);
                }
            }
            auth = identities.get();
            AuditedCommands commands =
                    new AuditedCommands(auth, audit, log)
                            .with(Connected.COMMAND, _ -> Connected.reply(sources, sinks));
            opened(AdminSocket.open(settings.data(), commands::run));
            Services services =
                    Services.builder()
                            .add(Clock.class, clock)
                            .add(EventLog.class, log)
                            .add(Store.class, log.store())
                            .add(Auth.class, auth)
                            .add(Audit.class, audit)
                            .add(Hub.class, hub)
                            .add(Alerts.class, alerts)
                            .add(Detection.class, detection)
                            .add(Incidents.class, incidents)
                            .add(Topology.class, topology)
                            .add(Scores.class, scores)
                            .add(ServerHealth.class, health)
                            .add(Sensors.class, sensors)
                            .add(SensorHealth.class, sensorHealth)
                            .add(FigureHistory.class, figures)
                            .add(HouseRules.class, rules)
                            .add(Enrichment.class, enrichment)
                            .add(Sinks.class, sinks)
                            .add(Notifications.class, notifications)
                            .add(Sources.class, sources)
                            .add(QueueSettings.class, settings.queues())
                            .add(EffectiveSettings.class, settings.effective())
                            .add(DataPlace.class, new DataPlace(settings.data()))
                            .build();
            server =
                    Server.start(
                            settings.server(),
                            settings.streams(),
                            services,
                            endpoints,
                            all(Method.class));
            parts.push(() -> server.drain(DRAIN));
            audit.note(AuditEntry.local("server.start", "", true, "version " + Version.ofModule()));
            parts.push(() -> audit.note(AuditEntry.local("server.stop", "", true, "")));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static Application start(Settings settings) {
        return new Application(settings);
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private static <T> List<T> all(Class<T> service) {
        return ServiceLoader.load(Application.class.getModule().getLayer(), service).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /// Where it answers.
    URI address() {
        String host = settings.server().host();
        String scheme = settings.server().tls().isPresent() ? "https" : "http";
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create(scheme + "://" + literal + ":" + server.port());
    }

    /// The password of `admin`, when this start made that user.
    Optional<String> initialPassword() {
        return auth.initialPassword();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.ERROR, "could not be closed cleanly: " + part, e);
            }
        }
    }
}

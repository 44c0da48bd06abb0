package io.netsentinel.app;

import io.netsentinel.app.config.AnomalyKeys;
import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.DeliveryKeys;
import io.netsentinel.app.config.DetectionKeys;
import io.netsentinel.app.config.DetectorRuleKeys;
import io.netsentinel.app.config.EncryptionKeys;
import io.netsentinel.app.config.IncidentKeys;
import io.netsentinel.app.config.Key;
import io.netsentinel.app.config.LimitKeys;
import io.netsentinel.app.config.LogKeys;
import io.netsentinel.app.config.QueueKeys;
import io.netsentinel.app.config.Reference;
import io.netsentinel.app.config.RetentionKeys;
import io.netsentinel.app.config.RuntimeKeys;
import io.netsentinel.app.config.ScoreKeys;
import io.netsentinel.app.config.ServerKeys;
import io.netsentinel.app.config.SignInKeys;
import io.netsentinel.app.config.StatisticsKeys;
import io.netsentinel.app.config.TopologyKeys;
import io.netsentinel.app.config.TracingKeys;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.Rights;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.ChannelPolicy;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.detection.AnomalySettings;
import io.netsentinel.detection.DetectionSettings;
import io.netsentinel.detection.IncidentSettings;
import io.netsentinel.detection.RuleSettings;
import io.netsentinel.detection.ScoreSettings;
import io.netsentinel.detection.TopologySettings;
import io.netsentinel.events.Cidr;
import io.netsentinel.integrations.EnrichmentSettings;
import io.netsentinel.integrations.InputSettings;
import io.netsentinel.integrations.SinkSettings;
import io.netsentinel.integrations.spi.Limits;
import io.netsentinel.queuing.InboxSettings;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.tracing.TracingSettings;
import io.netsentinel.transport.EffectiveSettings;
import io.netsentinel.transport.ProtocolSettings;
import io.netsentinel.transport.QueueSettings;
import io.netsentinel.transport.ServerException;
import io.netsentinel.transport.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The configuration, sorted into what each module wants.
record Settings(
        Path data,
        Optional<Path> logFile,
        LogSettings log,
        AuthSettings auth,
        HubSettings hub,
        IncidentSettings incidents,
        List<InputSettings> sources,
        List<SinkSettings> sinks,
        List<InputSettings> notifications,
        Limits sourceLimits,
        Limits sinkLimits,
        ServerSettings server,
        ProtocolSettings streams,
        QueueSettings queues,
        DetectionSettings detection,
        TopologySettings topology,
        ScoreSettings scores,
        EnrichmentSettings enrichment,
        Optional<TracingSettings> tracing,
        EffectiveSettings effective) {
    /// Throws a [CommandException] with exit code 2 when values do not fit together.
    static Settings of(Configuration configuration, Shell shell) {
        try {
            return new Settings(
                    configuration
                            .find(ServerKeys.DATA)
                            .orElse(shell.home().resolve("data"))
                            .toAbsolutePath(),
                    configuration.find(LogKeys.LOG_FILE),
                    log(configuration),
                    auth(configuration),
                    hub(configuration),
                    incidents(configuration),
                    SourceInputs.of(configuration),
                    SinkConfiguration.of(configuration),
                    NotificationConfiguration.of(configuration),
                    limits(configuration, RuntimeKeys.SOURCE_ROOTS),
                    limits(configuration, RuntimeKeys.SINK_ROOTS),
                    server(configuration),
                    streams(configuration),
                    queues(configuration),
                    detection(configuration),
                    topology(configuration),
                    new ScoreSettings(
                            configuration.get(ScoreKeys.HALF_LIFE),
                            configuration.get(ScoreKeys.EVERY)),
                    EnrichmentFiles.of(configuration, shell),
                    tracing(configuration),
                    Reference.settings(configuration));
        } catch (IllegalArgumentException | ArithmeticException | ServerException e) {
            throw new CommandException(Exit.BAD_USAGE, "configuration: " + e.getMessage(), e);
        }
    }

    private static Limits limits(Configuration configuration, Key<List<Path>> roots) {
        return Limits.of(
                roots.name(),
                configuration.find(roots).orElse(List.of()),
                configuration.get(RuntimeKeys.ALLOW_LOCAL));
    }

    private static LogSettings log(Configuration configuration) {
        LogSettings defaults = LogSettings.defaults();
        Map<String, Duration> ages = new HashMap<>(defaults.maxAgeByChannel());
        ages.putAll(configuration.named(RetentionKeys.MAX_AGE_OF_CHANNEL));
        return defaults.withDurability(configuration.get(ServerKeys.DURABILITY))
                .withMaxAge(configuration.get(RetentionKeys.MAX_AGE), ages)
                .withDisk(
                        configuration.get(RetentionKeys.MAX_DISK),
                        configuration.get(RetentionKeys.RESERVE));
    }

    private static IncidentSettings incidents(Configuration configuration) {
        return new IncidentSettings(
                configuration.get(IncidentKeys.WINDOW),
                configuration.get(IncidentKeys.SCORE),
                configuration.get(IncidentKeys.REPEATS),
                configuration.get(IncidentKeys.MOST_OPEN),
                networks("incidents.shared-hosts", configuration.get(IncidentKeys.SHARED_HOSTS)));
    }

    private static HubSettings hub(Configuration configuration) {
        HubSettings defaults = HubSettings.defaults();
        HubSettings settings =
                new HubSettings(
                        configuration.get(LimitKeys.HOT_MEMORY),
                        configuration.get(LimitKeys.CHANNELS),
                        defaults.policy().withRetention(configuration.get(RetentionKeys.MAX_AGE)),
                        defaults.policies());
        Map<String, Duration> ages = configuration.named(RetentionKeys.MAX_AGE_OF_CHANNEL);
        for (Map.Entry<String, Duration> age : ages.entrySet()) {
            ChannelPolicy policy =
                    defaults.policies().getOrDefault(age.getKey(), settings.policy());
            settings = settings.withPolicy(age.getKey(), policy.withRetention(age.getValue()));
        }
        return ChannelPolicies.of(configuration, delivery(configuration, settings));
    }

    private static HubSettings delivery(Configuration configuration, HubSettings settings) {
        Duration usual = configuration.get(DeliveryKeys.LATENCY);
        Map<String, ChannelPolicy> policies = new HashMap<>();
        settings.policies()
                .forEach((channel, policy) -> policies.put(channel, policy.withLatency(usual)));
        return new HubSettings(
                settings.hotBytes(),
                settings.channels(),
                settings.policy().withLatency(usual),
                policies);
    }

    private static AuthSettings auth(Configuration configuration) {
        AuthSettings defaults = AuthSettings.defaults();
        return new AuthSettings(
                configuration.get(SignInKeys.SESSION_IDLE),
                configuration.get(SignInKeys.SESSION_MAX),
                configuration.get(SignInKeys.SESSIONS_PER_USER),
                defaults.hashIterations(),
                defaults.hashThreads(),
                configuration.get(SignInKeys.ATTEMPTS_PER_USER_AND_ADDRESS),
                configuration.get(SignInKeys.ATTEMPTS_PER_ADDRESS),
                configuration.get(SignInKeys.ATTEMPTS_PER_USER),
                configuration.get(SignInKeys.TOKEN_MAX),
                rights(configuration),
                configuration.get(SignInKeys.LEEWAY),
                IdentityProvider.of(configuration),
                SignInProvider.of(configuration));
    }

    private static Map<Role, Rights> rights(Configuration configuration) {
        Map<Role, Rights> rights = new EnumMap<>(Role.class);
        rights.put(
                Role.VIEWER,
                Rights.of(
                        configuration.find(SignInKeys.CHANNELS_OF_VIEWER).orElse(List.of()),
                        configuration.find(SignInKeys.ROWS_OF_VIEWER)));
        rights.put(
                Role.ANALYST,
                Rights.of(
                        configuration.find(SignInKeys.CHANNELS_OF_ANALYST).orElse(List.of()),
                        configuration.find(SignInKeys.ROWS_OF_ANALYST)));
        rights.put(
                Role.SENSOR,
                Rights.of(
                        configuration.find(SignInKeys.CHANNELS_OF_SENSOR).orElse(List.of()),
                        Optional.empty()));
        return rights;
    }

    private static ServerSettings server(Configuration configuration) {
        ServerSettings.Names names =
                new ServerSettings.Names(
                        configuration.find(ServerKeys.PUBLIC_URL),
                        configuration.get(ServerKeys.ALLOWED_HOSTS),
                        configuration.get(ServerKeys.ALLOWED_ORIGINS),
                        configuration.get(ServerKeys.TRUSTED_PROXIES),
                        configuration.get(ServerKeys.PROXY_PROTOCOL));
        ServerSettings.Limits defaults = ServerSettings.Limits.defaults();
        ServerSettings.Limits limits =
                new ServerSettings.Limits(
                        defaults.requestLine(),
                        defaults.headers(),
                        configuration.get(LimitKeys.BODY),
                        configuration.get(LimitKeys.CONNECTIONS),
                        configuration.get(LimitKeys.REQUEST_TIMEOUT),
                        configuration.get(LimitKeys.BODY_TIMEOUT),
                        configuration.get(LimitKeys.IDLE_TIMEOUT));
        ServerSettings settings =
                new ServerSettings(
                        configuration.get(ServerKeys.HOST),
                        configuration.get(ServerKeys.PORT_NUMBER),
                        tls(configuration),
                        configuration.get(ServerKeys.ALLOW_PLAINTEXT),
                        names,
                        limits,
                        configuration.get(ServerKeys.CONFORMANCE_ECHO),
                        configuration.get(ServerKeys.PERMESSAGE_DEFLATE));
        settings.check();
        return settings;
    }

    private static ProtocolSettings streams(Configuration configuration) {
        ProtocolSettings defaults = ProtocolSettings.defaults();
        List<String> exempt = new ArrayList<>(defaults.limits().exempt());
        exempt.addAll(configuration.get(ServerKeys.TRUSTED_PROXIES));
        return defaults.withNode(configuration.get(ServerKeys.NODE))
                .withTiming(defaults.timing().withPing(configuration.get(LimitKeys.PING_INTERVAL)))
                .withFramesPerKey(configuration.get(EncryptionKeys.FRAMES_PER_KEY))
                .withTimeDeliveries(configuration.get(StatisticsKeys.ENABLED))
                .withLimits(
                        new ProtocolSettings.Limits(
                                Math.toIntExact(configuration.get(LimitKeys.FRAME_SIZE)),
                                configuration.get(LimitKeys.SUBSCRIPTIONS),
                                configuration.get(LimitKeys.COMMANDS_PER_SECOND),
                                configuration.get(LimitKeys.CONNECT_RATE_PER_ADDRESS),
                                configuration.get(LimitKeys.CONNECTIONS_PER_ADDRESS),
                                configuration.get(LimitKeys.CONNECTIONS_PER_USER),
                                configuration.get(LimitKeys.CONNECTIONS),
                                configuration.get(LimitKeys.VIEWS_PER_USER),
                                exempt,
                                configuration.get(LimitKeys.COMMANDS_PER_USER),
                                configuration.get(LimitKeys.HISTORY_PER_SECOND)));
    }

    private static DetectionSettings detection(Configuration configuration) {
        try {
            return new DetectionSettings(
                    configuration.get(DetectionKeys.ENABLED),
                    configuration.get(DetectionKeys.SCAN_TARGETS),
                    configuration.get(DetectionKeys.SCAN_WINDOW),
                    configuration.get(DetectionKeys.LOGIN_ATTEMPTS),
                    configuration.get(DetectionKeys.LOGIN_WINDOW),
                    configuration.get(DetectionKeys.TUNNEL_NAMES),
                    configuration.get(DetectionKeys.TUNNEL_LENGTH),
                    configuration.get(DetectionKeys.TUNNEL_WINDOW),
                    configuration.get(DetectionKeys.QUIET),
                    configuration.get(DetectionKeys.TRACKED),
                    networks("ignore", configuration.find(DetectionKeys.IGNORE).orElse(List.of())),
                    rules(configuration),
                    new AnomalySettings(
                            configuration.get(AnomalyKeys.BEACON_CONNECTIONS),
                            configuration.get(AnomalyKeys.BEACON_REGULAR),
                            configuration.get(AnomalyKeys.RATE_DEVIATION),
                            configuration.get(AnomalyKeys.RATE_MINUTES),
                            configuration.get(AnomalyKeys.RATE_LEAST),
                            configuration.get(AnomalyKeys.MODEL),
                            configuration.get(AnomalyKeys.MODEL_TRAINING),
                            configuration.get(AnomalyKeys.MODEL_DEVIATION)),
                    IndicatorFiles.read(
                            configuration.find(DetectorRuleKeys.INDICATORS).orElse(List.of())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("detection." + e.getMessage(), e);
        }
    }

    private static TopologySettings topology(Configuration configuration) {
        return new TopologySettings(
                configuration.get(TopologyKeys.ENABLED),
                configuration.get(TopologyKeys.HOSTS),
                configuration.get(TopologyKeys.EDGES),
                configuration.get(TopologyKeys.SERVICES),
                configuration.get(TopologyKeys.LEARNING),
                configuration.get(TopologyKeys.EVERY),
                configuration.get(TopologyKeys.FORGET));
    }

    private static RuleSettings rules(Configuration configuration) {
        return new RuleSettings(
                configuration.get(DetectorRuleKeys.PROBE_PORTS),
                configuration.get(DetectorRuleKeys.PROBE_WINDOW),
                configuration.get(DetectorRuleKeys.FLOOD_CONNECTIONS),
                configuration.get(DetectorRuleKeys.FLOOD_WINDOW),
                configuration.get(DetectorRuleKeys.NETLOGON_BINDS),
                configuration.get(DetectorRuleKeys.NETLOGON_WINDOW),
                configuration.get(DetectorRuleKeys.TOR_SERVERS),
                configuration.get(DetectorRuleKeys.TOR_WINDOW),
                Set.copyOf(configuration.find(DetectorRuleKeys.OFF).orElse(List.of())));
    }

    private static Optional<TracingSettings> tracing(Configuration configuration) {
        int oneIn = configuration.get(TracingKeys.ONE_IN);
        return configuration
                .find(TracingKeys.ENDPOINT)
                .map(endpoint ->
                        new TracingSettings(
                                endpoint,
                                oneIn == 0 ? 0 : 1.0 / oneIn,
                                "netsentinel",
                                Version.ofModule()));
    }

    static List<Cidr> networks(String key, List<String> texts) {
        return texts.stream()
                .map(text ->
                        Cidr.parse(text)
                                .orElseThrow(() ->
                                        new IllegalArgumentException(
                                                key
                                                        + ": \""
                                                        + text
                                                        + "\" is no address or range such as"
                                                        + " 10.0.0.0/8")))
                .toList();
    }

    private static QueueSettings queues(Configuration configuration) {
        QueueSettings defaults = QueueSettings.defaults();
        return new QueueSettings(
                new InboxSettings(
                        configuration.get(QueueKeys.MESSAGES_PER_CLIENT),
                        configuration.get(QueueKeys.MESSAGES),
                        configuration.get(QueueKeys.MESSAGE_BYTES),
                        defaults.inboxes().clientsPerUser(),
                        defaults.inboxes().clients(),
                        configuration.get(QueueKeys.MESSAGE_TTL)),
                configuration.get(QueueKeys.CURSORS_PER_USER),
                configuration.get(QueueKeys.CURSORS),
                configuration.get(QueueKeys.CURSOR_MAX_IDLE),
                configuration.get(QueueKeys.CLIENT_MAX_IDLE));
    }

    private static Optional<ServerSettings.TlsFiles> tls(Configuration configuration) {
        Optional<Path> certificate = configuration.find(ServerKeys.TLS_CERTIFICATE);
        Optional<Path> key = configuration.find(ServerKeys.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            String given = certificate.isPresent() ? "tls.certificate" : "tls.key";
            throw new IllegalArgumentException(
                    configuration.origin(given)
                            + ": tls.certificate and tls.key belong together: set both or none");
        }
        Optional<Path> ca = configuration.find(ServerKeys.TLS_CLIENT_CA);
        if (ca.isPresent() && certificate.isEmpty()) {
            throw new IllegalArgumentException(
                    configuration.origin("tls.client-ca")
                            + ": tls.client-ca needs tls.certificate and tls.key: certificates of"
                            + " clients are part of TLS");
        }
        return certificate.map(file ->
                new ServerSettings.TlsFiles(
                        file,
                        key.orElseThrow(),
                        ca.map(authorities ->
                                new ServerSettings.ClientTrust(
                                        authorities,
                                        configuration.get(ServerKeys.TLS_CLIENT_ROLE)))));
    }
}

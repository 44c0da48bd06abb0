package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.IncidentKeys;
import io.netsentinel.app.config.Keys;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.Rights;
import io.netsentinel.auth.Role;
import io.netsentinel.channels.ChannelPolicy;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.detection.IncidentSettings;
import io.netsentinel.events.Cidr;
import io.netsentinel.integrations.SourceSettings;
import io.netsentinel.queuing.InboxSettings;
import io.netsentinel.queuing.LogSettings;
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
import java.util.TreeSet;
import java.util.function.Supplier;

/// The configuration, sorted into what each module wants.
record Settings(
        Path data,
        LogSettings log,
        AuthSettings auth,
        HubSettings hub,
        IncidentSettings incidents,
        List<SourceSettings> sources,
        ServerSettings server,
        ProtocolSettings streams,
        QueueSettings queues) {
    /// Throws a [CommandException] with exit code 2 when values do not fit together.
    static Settings of(Configuration configuration, Shell shell) {
        try {
            return new Settings(
                    configuration
                            .find(Keys.DATA)
                            .orElse(shell.home().resolve("data"))
                            .toAbsolutePath(),
                    log(configuration),
                    auth(configuration),
                    hub(configuration),
                    incidents(configuration),
                    sources(configuration),
                    server(configuration),
                    streams(configuration),
                    queues(configuration));
        } catch (IllegalArgumentException | ArithmeticException | ServerException e) {
            throw new CommandException(Exit.BAD_USAGE, "configuration: " + e.getMessage(), e);
        }
    }

    private static LogSettings log(Configuration configuration) {
        LogSettings defaults = LogSettings.defaults();
        Map<String, Duration> ages = new HashMap<>(defaults.maxAgeByChannel());
        ages.putAll(configuration.named(Keys.MAX_AGE_OF_CHANNEL));
        return defaults.withMaxAge(configuration.get(Keys.MAX_AGE), ages)
                .withDisk(configuration.get(Keys.MAX_DISK), configuration.get(Keys.RESERVE));
    }

    private static IncidentSettings incidents(Configuration configuration) {
        List<Cidr> shared = new ArrayList<>();
        for (String text : configuration.get(IncidentKeys.SHARED_HOSTS)) {
            shared.add(
                    Cidr.parse(text)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "incidents.shared-hosts: \""
                                                    + text
                                                    + "\" is no address or range such as"
                                                    + " 10.0.0.0/8")));
        }
        return new IncidentSettings(
                configuration.get(IncidentKeys.WINDOW),
                configuration.get(IncidentKeys.SCORE),
                configuration.get(IncidentKeys.REPEATS),
                configuration.get(IncidentKeys.MOST_OPEN),
                shared);
    }

    private static HubSettings hub(Configuration configuration) {
        HubSettings defaults = HubSettings.defaults();
        HubSettings settings =
                new HubSettings(
                        configuration.get(Keys.HOT_MEMORY),
                        configuration.get(Keys.CHANNELS),
                        defaults.policy().withRetention(configuration.get(Keys.MAX_AGE)),
                        defaults.policies());
        Map<String, Duration> ages = configuration.named(Keys.MAX_AGE_OF_CHANNEL);
        for (Map.Entry<String, Duration> age : ages.entrySet()) {
            ChannelPolicy policy =
                    defaults.policies().getOrDefault(age.getKey(), settings.policy());
            settings = settings.withPolicy(age.getKey(), policy.withRetention(age.getValue()));
        }
        return ChannelPolicies.of(configuration, delivery(configuration, settings));
    }

    private static HubSettings delivery(Configuration configuration, HubSettings settings) {
        Duration usual = configuration.get(Keys.LATENCY);
        Map<String, ChannelPolicy> policies = new HashMap<>();
        settings.policies()
                .forEach((channel, policy) -> policies.put(channel, policy.withLatency(usual)));
        return new HubSettings(
                settings.hotBytes(),
                settings.channels(),
                settings.policy().withLatency(usual),
                policies);
    }

    private static List<SourceSettings> sources(Configuration configuration) {
        Map<String, String> paths = configuration.named(Keys.SOURCE_PATH);
        Map<String, String> formats = configuration.named(Keys.SOURCE_FORMAT);
        Map<String, SourceSettings.Start> starts = configuration.named(Keys.SOURCE_START);
        Map<String, Long> lines = configuration.named(Keys.SOURCE_MAX_LINE);
        Map<String, List<String>> roots = configuration.named(Keys.SOURCE_ROOTS);
        Set<String> names = new TreeSet<>(paths.keySet());
        List.of(formats, starts, lines, roots).forEach(values -> names.addAll(values.keySet()));
        List<SourceSettings> sources = new ArrayList<>();
        for (String name : names) {
            if (!paths.containsKey(name)) {
                throw new IllegalArgumentException("sources." + name + ".path is missing");
            }
            SourceSettings defaults = named(name, () -> SourceSettings.eve(name, paths.get(name)));
            sources.add(
                    named(
                            name,
                            () ->
                                    defaults.withFormat(
                                                    formats.getOrDefault(name, defaults.format()))
                                            .withStart(starts.getOrDefault(name, defaults.start()))
                                            .withMaxLine(
                                                    Math.toIntExact(
                                                            lines.getOrDefault(
                                                                    name,
                                                                    (long) defaults.maxLine())))
                                            .withRoots(
                                                    roots.getOrDefault(name, List.of()).stream()
                                                            .map(Path::of)
                                                            .toList())));
        }
        return List.copyOf(sources);
    }

    /// The checks of a source do not know its name.
    private static SourceSettings named(String name, Supplier<SourceSettings> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("sources." + name + "." + e.getMessage(), e);
        }
    }

    private static AuthSettings auth(Configuration configuration) {
        AuthSettings defaults = AuthSettings.defaults();
        return new AuthSettings(
                configuration.get(Keys.SESSION_IDLE),
                configuration.get(Keys.SESSION_MAX),
                configuration.get(Keys.SESSIONS_PER_USER),
                defaults.hashIterations(),
                defaults.hashThreads(),
                configuration.get(Keys.ATTEMPTS_PER_USER_AND_ADDRESS),
                configuration.get(Keys.ATTEMPTS_PER_ADDRESS),
                configuration.get(Keys.ATTEMPTS_PER_USER),
                configuration.get(Keys.TOKEN_MAX),
                rights(configuration),
                configuration.get(Keys.LEEWAY),
                IdentityProvider.of(configuration));
    }

    private static Map<Role, Rights> rights(Configuration configuration) {
        Map<Role, Rights> rights = new EnumMap<>(Role.class);
        rights.put(
                Role.VIEWER,
                Rights.of(
                        configuration.find(Keys.CHANNELS_OF_VIEWER).orElse(List.of()),
                        configuration.find(Keys.ROWS_OF_VIEWER)));
        rights.put(
                Role.ANALYST,
                Rights.of(
                        configuration.find(Keys.CHANNELS_OF_ANALYST).orElse(List.of()),
                        configuration.find(Keys.ROWS_OF_ANALYST)));
        rights.put(
                Role.SENSOR,
                Rights.of(
                        configuration.find(Keys.CHANNELS_OF_SENSOR).orElse(List.of()),
                        Optional.empty()));
        return rights;
    }

    private static ServerSettings server(Configuration configuration) {
        ServerSettings.Names names =
                new ServerSettings.Names(
                        configuration.find(Keys.PUBLIC_URL),
                        configuration.get(Keys.ALLOWED_HOSTS),
                        configuration.get(Keys.ALLOWED_ORIGINS),
                        configuration.get(Keys.TRUSTED_PROXIES));
        ServerSettings.Limits defaults = ServerSettings.Limits.defaults();
        ServerSettings.Limits limits =
                new ServerSettings.Limits(
                        defaults.requestLine(),
                        defaults.headers(),
                        configuration.get(Keys.BODY),
                        configuration.get(Keys.CONNECTIONS),
                        configuration.get(Keys.REQUEST_TIMEOUT),
                        configuration.get(Keys.BODY_TIMEOUT),
                        configuration.get(Keys.IDLE_TIMEOUT));
        ServerSettings settings =
                new ServerSettings(
                        configuration.get(Keys.HOST),
                        configuration.get(Keys.PORT_NUMBER),
                        tls(configuration),
                        configuration.get(Keys.ALLOW_PLAINTEXT),
                        names,
                        limits,
                        configuration.get(Keys.CONFORMANCE_ECHO),
                        configuration.get(Keys.PERMESSAGE_DEFLATE));
        settings.check();
        return settings;
    }

    private static ProtocolSettings streams(Configuration configuration) {
        ProtocolSettings defaults = ProtocolSettings.defaults();
        List<String> exempt = new ArrayList<>(defaults.limits().exempt());
        exempt.addAll(configuration.get(Keys.TRUSTED_PROXIES));
        return defaults.withNode(configuration.get(Keys.NODE))
                .withTiming(defaults.timing().withPing(configuration.get(Keys.PING_INTERVAL)))
                .withLimits(
                        new ProtocolSettings.Limits(
                                Math.toIntExact(configuration.get(Keys.FRAME_SIZE)),
                                configuration.get(Keys.SUBSCRIPTIONS),
                                configuration.get(Keys.COMMANDS_PER_SECOND),
                                configuration.get(Keys.CONNECT_RATE_PER_ADDRESS),
                                configuration.get(Keys.CONNECTIONS_PER_ADDRESS),
                                configuration.get(Keys.CONNECTIONS_PER_USER),
                                configuration.get(Keys.CONNECTIONS),
                                configuration.get(Keys.VIEWS_PER_USER),
                                exempt,
                                configuration.get(Keys.COMMANDS_PER_USER),
                                configuration.get(Keys.HISTORY_PER_SECOND)));
    }

    private static QueueSettings queues(Configuration configuration) {
        QueueSettings defaults = QueueSettings.defaults();
        return new QueueSettings(
                new InboxSettings(
                        configuration.get(Keys.MESSAGES_PER_CLIENT),
                        configuration.get(Keys.MESSAGES),
                        configuration.get(Keys.MESSAGE_BYTES),
                        defaults.inboxes().clientsPerUser(),
                        defaults.inboxes().clients(),
                        configuration.get(Keys.MESSAGE_TTL)),
                configuration.get(Keys.CURSORS_PER_USER),
                configuration.get(Keys.CURSORS),
                configuration.get(Keys.CURSOR_MAX_IDLE),
                configuration.get(Keys.CLIENT_MAX_IDLE));
    }

    private static Optional<ServerSettings.TlsFiles> tls(Configuration configuration) {
        Optional<Path> certificate = configuration.find(Keys.TLS_CERTIFICATE);
        Optional<Path> key = configuration.find(Keys.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            String given = certificate.isPresent() ? "tls.certificate" : "tls.key";
            throw new IllegalArgumentException(
                    configuration.origin(given)
                            + ": tls.certificate and tls.key belong together: set both or none");
        }
        return certificate.map(file -> new ServerSettings.TlsFiles(file, key.orElseThrow()));
    }
}

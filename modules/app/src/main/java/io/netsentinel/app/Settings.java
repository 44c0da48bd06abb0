package io.netsentinel.app;

import io.netsentinel.app.config.Configuration;
import io.netsentinel.app.config.Keys;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.transport.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The configuration, sorted into what each module wants.
record Settings(Path data, LogSettings log, AuthSettings auth, ServerSettings server) {
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
                    server(configuration));
        } catch (IllegalArgumentException e) {
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
                configuration.get(Keys.LEEWAY));
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
                        configuration.get(Keys.READ_TIMEOUT));
        return new ServerSettings(
                configuration.get(Keys.HOST),
                configuration.get(Keys.PORT_NUMBER),
                tls(configuration),
                configuration.get(Keys.ALLOW_PLAINTEXT),
                names,
                limits);
    }

    private static Optional<ServerSettings.TlsFiles> tls(Configuration configuration) {
        Optional<Path> certificate = configuration.find(Keys.TLS_CERTIFICATE);
        Optional<Path> key = configuration.find(Keys.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException(
                    "tls.certificate and tls.key belong together: set both or none");
        }
        return certificate.map(file -> new ServerSettings.TlsFiles(file, key.orElseThrow()));
    }
}

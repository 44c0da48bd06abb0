package io.netsentinel.integrations.postgresql;

import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.integrations.spi.SourceFactory;
import java.util.List;

/// `postgresql`: what a database is told by NOTIFY.
public final class PostgresSourceFactory implements SourceFactory {
    private static final int LONGEST_NAME = 63;

    /// For `ServiceLoader`.
    public PostgresSourceFactory() {}

    @Override
    public String kind() {
        return "postgresql";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.text(
                        "url",
                        "postgresql://db.example.org:5432/inventory",
                        "The database: `postgresql://HOST:PORT/DATABASE`."),
                Option.texts(
                        "notifications",
                        "assets, changes",
                        "The names of LISTEN, exactly as NOTIFY says them."),
                Option.text("username", "netsentinel", "The user, with `password`."),
                Option.secret("password", "correct-horse-battery", "The user's password."),
                Option.flag(
                        "tls",
                        "true",
                        "Whether the database is spoken to over TLS (default false). Its certificate"
                                + " and name are checked."),
                Option.file(
                        "ca",
                        "/etc/netsentinel/siem-ca.pem",
                        "The only certificate authorities (PEM) the target's certificate may come from."
                                + " Without it, those Java knows."));
    }

    @Override
    public Source create(Options options) {
        List<String> names = options.texts("notifications");
        if (names.isEmpty()) {
            throw new IllegalArgumentException("notifications is missing");
        }
        for (String name : names) {
            if (name.isEmpty() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "notifications: 1 to " + LONGEST_NAME + " characters each");
            }
        }
        return new PostgresSource(options.name(), PostgresTarget.of(options), names);
    }
}

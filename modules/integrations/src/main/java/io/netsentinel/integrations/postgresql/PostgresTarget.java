package io.netsentinel.integrations.postgresql;

import io.netsentinel.integrations.spi.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/// A database, and who this server is there.
record PostgresTarget(
        String host,
        int port,
        String database,
        Optional<String> username,
        Optional<String> password,
        boolean tls,
        Optional<Path> ca) {
    private static final int USUAL_PORT = 5_432;
    private static final String SECONDS = "10";
    private static final String SILENCE_SECONDS = "20";

    /// What the options say.
    ///
    /// @throws IllegalArgumentException when one is wrong, naming it
    static PostgresTarget of(Options options) {
        String text = options.require("url");
        boolean tls = options.flag("tls", false);
        Optional<Path> ca = options.path("ca");
        if (ca.isPresent() && !tls) {
            throw new IllegalArgumentException("tls: must be true for ca");
        }
        Optional<String> username = options.text("username");
        Optional<String> password = options.text("password");
        if (password.isPresent() && username.isEmpty()) {
            throw new IllegalArgumentException("username is missing, it belongs to password");
        }
        try {
            URI uri = new URI(text);
            String path = uri.getPath() == null ? "" : uri.getPath();
            boolean bare =
                    uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null;
            if ("postgresql".equals(uri.getScheme())
                    && uri.getHost() != null
                    && bare
                    && path.matches("/[A-Za-z0-9_.-]{1,63}")) {
                return new PostgresTarget(
                        uri.getHost(),
                        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                        path.substring(1),
                        username,
                        password,
                        tls,
                        ca);
            }
        } catch (URISyntaxException _) {
            // told below; the text may hold a password
        }
        throw new IllegalArgumentException(
                "url: expected postgresql://HOST:PORT/DATABASE, without a user or password");
    }

    /// A new connection.
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        username.ifPresent(user -> properties.setProperty("user", user));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        properties.setProperty("ApplicationName", "netsentinel");
        properties.setProperty("connectTimeout", SECONDS);
        properties.setProperty("loginTimeout", SECONDS);
        properties.setProperty("socketTimeout", SILENCE_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("gssEncMode", "disable");
        properties.setProperty("sslmode", tls ? "verify-full" : "disable");
        if (ca.isPresent()) {
            properties.setProperty("sslrootcert", ca.get().toString());
        } else if (tls) {
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        Connection connection =
                new Driver()
                        .connect(
                                "jdbc:postgresql://" + host + ":" + port + "/" + database,
                                properties);
        if (connection == null) {
            throw new SQLException("the driver does not know such an address");
        }
        return connection;
    }

    /// For people.
    String text() {
        return "postgresql://" + host + ":" + port + "/" + database;
    }
}

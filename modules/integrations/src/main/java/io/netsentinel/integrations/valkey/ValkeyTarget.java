package io.netsentinel.integrations.valkey;

import io.netsentinel.integrations.sink.net.TlsFiles;
import io.netsentinel.integrations.spi.Limits;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/// A Valkey or Redis server, and who this server is there.
///
/// @param secure whether it is spoken to over TLS
/// @param database the number of the database
/// @param username the user of its access list; the default user without one
/// @param limits which addresses it may have
record ValkeyTarget(
        boolean secure,
        String host,
        int port,
        int database,
        Optional<String> username,
        Optional<String> password,
        TlsFiles tls,
        Limits limits) {
    static final Option URL =
            Option.text(
                    "url",
                    "redis://valkey.example.org:6379/0",
                    "The server: `redis://HOST:PORT/DATABASE`, or `rediss://` for TLS; `valkey://` and"
                            + " `valkeys://` mean the same. Without a number, database 0.");
    static final Option USERNAME =
            Option.text("username", "netsentinel", "The user, with `password`.");
    static final Option PASSWORD =
            Option.secret(
                    "password",
                    "correct-horse-battery",
                    "The password: of the user, or of the default user without `username`.");
    static final Option CA =
            Option.file(
                    "ca",
                    "/etc/netsentinel/siem-ca.pem",
                    "The only certificate authorities (PEM) the target's certificate may come from."
                            + " Without it, those Java knows.");
    static final Option CERTIFICATE =
            Option.file(
                    "certificate",
                    "/etc/netsentinel/client.pem",
                    "The own certificate chain (PEM), for targets that ask for one.");
    static final Option KEY =
            Option.file(
                    "key",
                    "/etc/netsentinel/client-key.pem",
                    "Its unencrypted private key (PEM, PKCS #8).");

    private static final Set<String> PLAIN = Set.of("redis", "valkey");
    private static final Set<String> SECURE = Set.of("rediss", "valkeys");
    private static final int USUAL_PORT = 6_379;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int ANSWER_MILLIS = 15_000;

    static List<Option> options() {
        return List.of(URL, USERNAME, PASSWORD, CA, CERTIFICATE, KEY);
    }

    /// What the options say.
    ///
    /// @throws IllegalArgumentException when one is wrong, naming it
    static ValkeyTarget of(Options options) {
        Optional<String> username = options.text("username");
        Optional<String> password = options.text("password");
        if (username.isPresent() && password.isEmpty()) {
            throw new IllegalArgumentException("password is missing, it belongs to username");
        }
        String text = options.require("url");
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme());
            boolean bare =
                    uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null;
            String path = uri.getPath() == null ? "" : uri.getPath();
            if (uri.getHost() != null
                    && bare
                    && (PLAIN.contains(scheme) || SECURE.contains(scheme))
                    && path.matches("(/[0-9]{0,5})?")) {
                return new ValkeyTarget(
                        SECURE.contains(scheme),
                        uri.getHost().replaceAll("[\\[\\]]", ""),
                        uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                        path.length() > 1 ? Integer.parseInt(path.substring(1)) : 0,
                        username,
                        password,
                        TlsFiles.of(options),
                        options.limits());
            }
        } catch (URISyntaxException _) {
            // told below; the text may hold a password
        }
        throw new IllegalArgumentException(
                "url: expected redis://HOST:PORT/DATABASE or rediss://, without a user or password");
    }

    /// A new connection. The name is looked up and the TLS files are read each time.
    ///
    /// @throws redis.clients.jedis.exceptions.JedisException when it cannot be had
    Jedis connect() {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder()
                        .database(database)
                        .clientName("netsentinel")
                        .socketTimeoutMillis(ANSWER_MILLIS);
        username.ifPresent(config::user);
        password.ifPresent(config::password);
        Jedis connection = new Jedis(this::socket, config.build());
        try {
            connection.connect();
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private Socket socket() {
        Socket socket = new Socket();
        try {
            InetAddress address = InetAddress.getByName(host);
            limits.check(host, new InetAddress[] {address});
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(ANSWER_MILLIS);
            return secure ? secured(socket) : socket;
        } catch (IOException e) {
            try {
                socket.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw new JedisConnectionException(words(e), e);
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocket socket =
                (SSLSocket) tls.context().getSocketFactory().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /// For people.
    String text() {
        return (secure ? "rediss://" : "redis://")
                + (host.contains(":") ? "[" + host + "]" : host)
                + ":"
                + port
                + "/"
                + database;
    }

    /// The failure in words: those of its cause, which says more.
    static String words(Exception failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        return message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message;
    }
}

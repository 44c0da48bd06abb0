package io.netsentinel.integrations;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// A configured source that others send to.
///
/// @param name its name, `[a-zA-Z0-9._-]{1,64}`
/// @param listen where: `udp://ADDRESS:PORT`, `tcp://…`, `tls://…`, `unix:///PATH` (stream),
///   `unixgram:///PATH` (datagrams), or `stdin`
/// @param format format of the lines
/// @param maxLine most bytes of a message; a longer one is skipped and counted
/// @param connections most connections at a time; more are turned away
/// @param tls what `tls` needs
public record ListenSettings(
        String name,
        String listen,
        String format,
        int maxLine,
        int connections,
        Optional<Tls> tls) {
    private static final int MIB = 1 << 20;

    /// What names standard input.
    public static final String STANDARD_INPUT = "stdin";

    private static final int USUAL_LINE = 64 * 1024;
    private static final int USUAL_CONNECTIONS = 1_000;

    /// The means of listening.
    public enum Transport {
        /// One message a datagram.
        UDP,
        /// Connections.
        TCP,
        /// Connections over TLS.
        TLS,
        /// Connections on a socket in the file system.
        UNIX,
        /// One message a datagram, on a socket in the file system.
        UNIXGRAM,
        /// This process' standard input.
        STDIN;

        /// The name used in addresses.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// PEM files.
    ///
    /// @param certificate the server's certificate, and those between it and the root
    /// @param key its private key, PKCS #8
    /// @param clientAuthority certificates of those who sign clients' certificates; when given,
    ///   every client must show one
    public record Tls(Path certificate, Path key, Optional<Path> clientAuthority) {}

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public ListenSettings {
        check(name.matches("[a-zA-Z0-9._-]{1,64}"), "name: 1 to 64 letters, digits, . _ -");
        check(maxLine >= 480 && maxLine <= 8 * MIB, "max-line: 480 bytes to 8 MiB");
        check(connections >= 1 && connections <= 100_000, "max-connections: 1 to 100,000");
        Transport transport = transport(listen);
        check(
                transport != Transport.TLS || tls.isPresent(),
                "certificate: needed, together with key, to listen on " + listen);
        check(
                transport == Transport.TLS || tls.isEmpty(),
                "certificate: only for tls://, not for " + listen);
    }

    /// Syslog with lines up to 64 KiB and up to 1,000 connections; any other format with lines up
    /// to 1 MiB.
    public static ListenSettings of(String name, String listen, String format) {
        return new ListenSettings(
                name,
                listen,
                format,
                format.equals("syslog") ? USUAL_LINE : MIB,
                USUAL_CONNECTIONS,
                transport(listen) == Transport.TLS
                        ? Optional.of(new Tls(Path.of(""), Path.of(""), Optional.empty()))
                        : Optional.empty());
    }

    /// The means of listening.
    public Transport transport() {
        return transport(listen);
    }

    /// The address to bind to, as it was written.
    public String host() {
        String host = String.valueOf(uri(listen).getHost());
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /// The port to bind to; 0 for a free one.
    public int port() {
        return uri(listen).getPort();
    }

    /// The path of a socket in the file system.
    public Path path() {
        return Path.of(uri(listen).getPath());
    }

    /// The same with other limits.
    public ListenSettings withLimits(int line, int most) {
        return new ListenSettings(name, listen, format, line, most, tls);
    }

    /// The same with TLS.
    public ListenSettings withTls(Tls value) {
        return new ListenSettings(name, listen, format, maxLine, connections, Optional.of(value));
    }

    private static Transport transport(String listen) {
        if (listen.equals(STANDARD_INPUT)) {
            return Transport.STDIN;
        }
        URI uri = uri(listen);
        for (Transport transport : Transport.values()) {
            if (transport != Transport.STDIN && transport.text().equals(uri.getScheme())) {
                return checked(transport, uri, listen);
            }
        }
        throw wrong(listen);
    }

    private static Transport checked(Transport transport, URI uri, String listen) {
        boolean file = transport == Transport.UNIX || transport == Transport.UNIXGRAM;
        boolean fine =
                file
                        ? uri.getHost() == null
                                && uri.getPath() != null
                                && uri.getPath().length() > 1
                                && uri.getPath().length() < 104
                        : uri.getHost() != null && uri.getPort() >= 0 && uri.getPort() < 65_536;
        if (!fine) {
            throw wrong(listen);
        }
        return transport;
    }

    private static URI uri(String listen) {
        try {
            return new URI(listen);
        } catch (URISyntaxException e) {
            throw wrong(listen);
        }
    }

    private static IllegalArgumentException wrong(String listen) {
        return new IllegalArgumentException(
                "listen: '"
                        + listen
                        + "' is none of udp://ADDRESS:PORT, tcp://ADDRESS:PORT, tls://ADDRESS:PORT,"
                        + " unix:///PATH, unixgram:///PATH (at most 103 characters), stdin");
    }

    private static void check(boolean fine, String rule) {
        if (!fine) {
            throw new IllegalArgumentException(rule);
        }
    }
}

package io.netsentinel.transport;

import io.netsentinel.auth.Role;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where and how the server listens.
///
/// @param host name or address to bind to
/// @param port TCP port, 0 for any free one
/// @param tls certificate and key; empty for plain HTTP
/// @param allowPlaintext whether plain HTTP may be bound to anything but loopback
/// @param names under which names and from where it may be used
/// @param limits what a client may use up
/// @param conformanceEcho whether `/echo` bounces WebSocket messages without a sign-in, for
///   conformance suites; only on loopback
/// @param permessageDeflate whether WebSockets are compressed for clients that offer it (RFC 7692)
public record ServerSettings(
        String host,
        int port,
        Optional<TlsFiles> tls,
        boolean allowPlaintext,
        Names names,
        Limits limits,
        boolean conformanceEcho,
        boolean permessageDeflate) {

    /// PEM files, read again when they change.
    ///
    /// @param certificate certificate chain, leaf first
    /// @param key unencrypted PKCS #8 private key
    /// @param clients which certificates of clients count; empty when none is asked for
    public record TlsFiles(Path certificate, Path key, Optional<ClientTrust> clients) {
        /// Without certificates of clients.
        public TlsFiles(Path certificate, Path key) {
            this(certificate, key, Optional.empty());
        }

        /// When the certificate, or the first one of its chain, ends.
        ///
        /// @throws ServerException when the files cannot be read or do not fit together
        public Instant notAfter() {
            List<X509Certificate> chain = Pem.certificates(certificate);
            var _ = Pem.privateKeyOf(chain.getFirst(), this);
            return chain.stream()
                    .map(one -> one.getNotAfter().toInstant())
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /// Certificates that clients may sign in with.
    ///
    /// @param ca PEM file of the authorities that make them, read again when it changes
    /// @param role what whoever shows one may do
    public record ClientTrust(Path ca, Role role) {}

    /// Names this server answers to. Loopback names and the address a connection came in on are
    /// always allowed.
    ///
    /// @param publicUrl the address people use, when a proxy or another name is in front
    /// @param hosts further host names for the `Host` header, without ports
    /// @param origins further origins (`https://soc.example:8443`) whose pages may use cookies here
    /// @param proxies addresses or networks (`10.0.0.0/8`) whose `X-Forwarded-*` headers count
    /// @param proxyProtocol whether each connection begins with a header of the PROXY protocol,
    ///   which counts when it comes from one of these proxies; others may not connect then
    public record Names(
            Optional<URI> publicUrl,
            List<String> hosts,
            List<String> origins,
            List<String> proxies,
            boolean proxyProtocol) {
        public Names {
            hosts = List.copyOf(hosts);
            origins = List.copyOf(origins);
            proxies = List.copyOf(proxies);
        }

        /// Names where connections begin with the request.
        public Names(
                Optional<URI> publicUrl,
                List<String> hosts,
                List<String> origins,
                List<String> proxies) {
            this(publicUrl, hosts, origins, proxies, false);
        }

        /// No further names.
        public static Names none() {
            return new Names(Optional.empty(), List.of(), List.of(), List.of());
        }
    }

    /// What a client may use up.
    ///
    /// @param requestLine bytes of method, path and query
    /// @param headers bytes of all headers
    /// @param body bytes of a body, when the route does not say otherwise
    /// @param connections open connections; the descriptor limit may lower it
    /// @param requestTimeout from connecting to the end of the first request's headers
    /// @param bodyTimeout silence while a body is awaited
    /// @param idleTimeout silence between requests
    public record Limits(
            int requestLine,
            int headers,
            long body,
            int connections,
            Duration requestTimeout,
            Duration bodyTimeout,
            Duration idleTimeout) {
        /// 4 KiB line, 16 KiB headers, 1 MiB body, 50,000 connections, 10 s, 30 s and 2 min.
        public static Limits defaults() {
            return new Limits(
                    4_096,
                    16_384,
                    1 << 20,
                    50_000,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2));
        }
    }

    /// Checks what can be checked without listening: that plain HTTP stays on this machine unless
    /// it was allowed elsewhere, the proxies, the public address and the TLS files.
    ///
    /// @throws ServerException SETTINGS naming what is wrong and the way out
    public void check() {
        if (tls.isEmpty() && !allowPlaintext && !isLoopback()) {
            throw wrong(
                    "host "
                            + host
                            + " can be reached from other machines without TLS: set tls.certificate and"
                            + " tls.key, or allow-plaintext: true when a proxy in front does TLS");
        }
        if (conformanceEcho && !isLoopback()) {
            throw wrong(
                    "conformance-echo opens /echo to everybody without a sign-in: it needs host 127.0.0.1, not "
                            + host);
        }
        try {
            Networks.of(names.proxies());
        } catch (IllegalArgumentException e) {
            throw wrong("trusted-proxies: " + e.getMessage());
        }
        if (names.proxyProtocol() && names.proxies().isEmpty()) {
            throw wrong(
                    "proxy-protocol: true needs trusted-proxies: whoever may connect could claim any"
                            + " address");
        }
        if (names.publicUrl().filter(url -> !isWeb(url)).isPresent()) {
            throw wrong("public-url must look like https://soc.example, without a path");
        }
        tls.ifPresent(TlsSource::new);
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            throw wrong("host " + host + " is not known on this machine");
        }
    }

    private static boolean isWeb(URI url) {
        String path = url.getPath();
        return ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && (path == null || path.isEmpty() || path.equals("/"));
    }

    private static ServerException wrong(String message) {
        return new ServerException(ServerException.Reason.SETTINGS, message);
    }

    /// 127.0.0.1:8082 without TLS.
    public static ServerSettings defaults() {
        return new ServerSettings(
                "127.0.0.1",
                8082,
                Optional.empty(),
                false,
                Names.none(),
                Limits.defaults(),
                false,
                false);
    }

    /// The same on another port.
    public ServerSettings withPort(int other) {
        return new ServerSettings(
                host,
                other,
                tls,
                allowPlaintext,
                names,
                limits,
                conformanceEcho,
                permessageDeflate);
    }

    /// The same on another host.
    public ServerSettings withHost(String other) {
        return new ServerSettings(
                other,
                port,
                tls,
                allowPlaintext,
                names,
                limits,
                conformanceEcho,
                permessageDeflate);
    }

    /// The same with other names.
    public ServerSettings withNames(Names other) {
        return new ServerSettings(
                host, port, tls, allowPlaintext, other, limits, conformanceEcho, permessageDeflate);
    }

    /// The same with other limits.
    public ServerSettings withLimits(Limits other) {
        return new ServerSettings(
                host, port, tls, allowPlaintext, names, other, conformanceEcho, permessageDeflate);
    }

    /// The same where plain HTTP may be bound to anything.
    public ServerSettings withPlaintextAllowed() {
        return new ServerSettings(
                host, port, tls, true, names, limits, conformanceEcho, permessageDeflate);
    }

    /// The same with TLS.
    public ServerSettings withTls(TlsFiles files) {
        return new ServerSettings(
                host,
                port,
                Optional.of(files),
                allowPlaintext,
                names,
                limits,
                conformanceEcho,
                permessageDeflate);
    }

    /// The same with `/echo` open.
    public ServerSettings withConformanceEcho() {
        return new ServerSettings(
                host, port, tls, allowPlaintext, names, limits, true, permessageDeflate);
    }

    /// The same with compressed WebSockets.
    public ServerSettings withPermessageDeflate() {
        return new ServerSettings(
                host, port, tls, allowPlaintext, names, limits, conformanceEcho, true);
    }
}

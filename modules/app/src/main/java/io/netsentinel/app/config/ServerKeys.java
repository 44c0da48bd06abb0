package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.FLAG;
import static io.netsentinel.app.config.ValueTypes.PATH;
import static io.netsentinel.app.config.ValueTypes.PORT;
import static io.netsentinel.app.config.ValueTypes.TEXT;
import static io.netsentinel.app.config.ValueTypes.TEXTS;
import static io.netsentinel.app.config.ValueTypes.URL;
import static io.netsentinel.app.config.ValueTypes.choice;

import io.netsentinel.auth.Role;
import io.netsentinel.queuing.Durability;
import io.netsentinel.transport.ProtocolSettings;
import io.netsentinel.transport.ServerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// The settings of the server itself: where it listens, under which names, and its data.
public final class ServerKeys {
    private static final ServerSettings SERVER = ServerSettings.defaults();
    private static final ProtocolSettings STREAMS = ProtocolSettings.defaults();

    public static final Key<String> HOST =
            Key.of(
                    "host",
                    TEXT,
                    SERVER.host(),
                    "The address to listen on. `0.0.0.0` is every address of this machine.");
    public static final Key<Integer> PORT_NUMBER =
            Key.of("port", PORT, SERVER.port(), "The port to listen on. 0 takes a free one.");
    public static final Key<Path> DATA =
            Key.optional(
                    "data",
                    PATH,
                    "/var/lib/netsentinel",
                    "The data directory: events, users and keys. The default is the folder `data`"
                            + " beside `bin`.");
    public static final Key<Durability> DURABILITY =
            Key.of(
                    "durability",
                    choice(Durability.class),
                    Durability.PROCESS,
                    "What is acknowledged survives the end of the process in any way (`process`),"
                            + " or a power cut as well (`power`): then everything waits for the"
                            + " disk, which costs milliseconds each time.");
    public static final Key<String> NODE =
            Key.of("node", TEXT, STREAMS.node(), "This server's name, told to clients.");
    public static final Key<URI> PUBLIC_URL =
            Key.optional(
                    "public-url",
                    URL,
                    "https://sentinel.example.org",
                    "The address people use, when a proxy or another name stands in front of the"
                            + " server.");
    public static final Key<List<String>> ALLOWED_HOSTS =
            Key.of(
                    "allowed-hosts",
                    TEXTS,
                    SERVER.names().hosts(),
                    "Further host names the server answers to, without ports. Loopback names, the"
                            + " address a connection came in on and the host of `public-url` are always"
                            + " allowed.");
    public static final Key<List<String>> ALLOWED_ORIGINS =
            Key.of(
                    "allowed-origins",
                    TEXTS,
                    SERVER.names().origins(),
                    "Further origins, such as `https://soc.example.org:8443`, whose pages may use a"
                            + " session here.");
    public static final Key<List<String>> TRUSTED_PROXIES =
            Key.of(
                    "trusted-proxies",
                    TEXTS,
                    SERVER.names().proxies(),
                    "Addresses or networks, such as `10.0.0.0/8`, whose `X-Forwarded-*` headers are"
                            + " believed.");
    public static final Key<Boolean> PROXY_PROTOCOL =
            Key.of(
                    "proxy-protocol",
                    FLAG,
                    SERVER.names().proxyProtocol(),
                    "`true` expects the PROXY protocol (version 1 or 2) at the beginning of each"
                            + " connection, as `send-proxy` of HAProxy or `proxy_protocol on` of nginx"
                            + " sends it; only `trusted-proxies` may connect then.");
    public static final Key<Path> TLS_CERTIFICATE =
            Key.optional(
                    "tls.certificate",
                    PATH,
                    "/etc/netsentinel/chain.pem",
                    "The certificate chain (PEM, the server's own first). With it and `tls.key` the"
                            + " server speaks HTTPS; both files are read again when they change.");
    public static final Key<Path> TLS_KEY =
            Key.optional(
                    "tls.key",
                    PATH,
                    "/etc/netsentinel/key.pem",
                    "The unencrypted private key (PEM, PKCS #8).");
    public static final Key<Path> TLS_CLIENT_CA =
            Key.optional(
                    "tls.client-ca",
                    PATH,
                    "/etc/netsentinel/sensors-ca.pem",
                    "The authorities (PEM) whose certificates sign clients in: sensors need no token then. Who"
                            + " shows none signs in otherwise. Read again when it changes.");
    public static final Key<Role> TLS_CLIENT_ROLE =
            Key.of(
                    "tls.client-role",
                    choice(Role.class),
                    Role.SENSOR,
                    "What clients with such a certificate may do.");
    public static final Key<Boolean> ALLOW_PLAINTEXT =
            Key.of(
                    "allow-plaintext",
                    FLAG,
                    SERVER.allowPlaintext(),
                    "Listening beyond this machine's own loopback address without TLS is refused,"
                            + " because passwords would cross the network readable. `true` allows it,"
                            + " for example behind a proxy that does TLS.");
    public static final Key<Boolean> CONFORMANCE_ECHO =
            Key.of(
                    "conformance-echo",
                    FLAG,
                    SERVER.conformanceEcho(),
                    "For WebSocket conformance suites: `true` opens `/echo`, which sends every"
                            + " message back without a sign-in, up to 16 MiB. Refused unless the server"
                            + " listens on loopback.");
    public static final Key<Boolean> PERMESSAGE_DEFLATE =
            Key.of(
                    "websocket.permessage-deflate",
                    FLAG,
                    SERVER.permessageDeflate(),
                    "`true` compresses WebSocket messages from 512 bytes on for clients that offer permessage-deflate (RFC 7692), as browsers do: for more processor time an event takes about two thirds of its bytes, a batch of events a fifth. What a client sends may be up to ten times `limits.frame-size` after decompression.");

    static final Section SECTION =
            Section.of(
                    "Server",
                    "Where the server listens, under which names, and where it keeps its"
                            + " data.",
                    HOST,
                    PORT_NUMBER,
                    DATA,
                    DURABILITY,
                    NODE,
                    PUBLIC_URL,
                    ALLOWED_HOSTS,
                    ALLOWED_ORIGINS,
                    TRUSTED_PROXIES,
                    PROXY_PROTOCOL,
                    TLS_CERTIFICATE,
                    TLS_KEY,
                    TLS_CLIENT_CA,
                    TLS_CLIENT_ROLE,
                    ALLOW_PLAINTEXT,
                    CONFORMANCE_ECHO,
                    PERMESSAGE_DEFLATE);

    private ServerKeys() {}
}

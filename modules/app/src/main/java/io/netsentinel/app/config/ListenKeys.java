package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.PATH;
import static io.netsentinel.app.config.ValueTypes.TEXT;
import static io.netsentinel.app.config.ValueTypes.count;

import java.nio.file.Path;

/// The settings under `sources` of a source that others send to.
public final class ListenKeys {
    public static final Key<String> LISTEN =
            Key.optional(
                    "sources.*.listen",
                    TEXT,
                    "udp://0.0.0.0:5514",
                    "In place of `path`: where others send to. `udp://ADDRESS:PORT`,"
                            + " `tcp://ADDRESS:PORT`, `tls://ADDRESS:PORT`; `unix:///PATH` or, for"
                            + " datagrams, `unixgram:///PATH` for a socket in the file system;"
                            + " `stdin`. The format is `syslog` unless `format` says otherwise, `eve`"
                            + " for sockets in the file system and standard input.");
    public static final Key<Integer> MAX_CONNECTIONS =
            Key.optional(
                    "sources.*.max-connections",
                    count("a number of connections", 1, 100_000),
                    "1000",
                    "How many connections it takes at a time (default 1000); more are turned away and"
                            + " counted.");
    public static final Key<Path> CERTIFICATE =
            Key.optional(
                    "sources.*.certificate",
                    PATH,
                    "/etc/netsentinel/syslog.crt",
                    "Of a `tls` source: its certificate and those between it and the root, PEM. Read"
                            + " again when it changes.");
    public static final Key<Path> PRIVATE_KEY =
            Key.optional(
                    "sources.*.key",
                    PATH,
                    "/etc/netsentinel/syslog.key",
                    "Of a `tls` source: the certificate's private key, PKCS #8 in PEM.");
    public static final Key<Path> CLIENT_AUTHORITY =
            Key.optional(
                    "sources.*.client-authority",
                    PATH,
                    "/etc/netsentinel/clients.crt",
                    "Of a `tls` source: certificates of those who sign the senders' certificates."
                            + " With it every sender must show one; without it none is asked for.");

    private ListenKeys() {}
}

package io.netsentinel.integrations.listen;

import io.netsentinel.integrations.ListenSettings;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.integrations.spi.Source;
import io.netsentinel.integrations.spi.SourceFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `listen`: waits for others to send.
public final class ListenSourceFactory implements SourceFactory {
    private static final int MOST_CONNECTIONS = 100_000;

    /// For `ServiceLoader`.
    public ListenSourceFactory() {}

    @Override
    public String kind() {
        return "listen";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.text(
                        "listen",
                        "udp://0.0.0.0:5514",
                        "Where others send to: `udp://ADDRESS:PORT`, `tcp://ADDRESS:PORT`,"
                                + " `tls://ADDRESS:PORT`; `unix:///PATH` or, for datagrams,"
                                + " `unixgram:///PATH` for a socket in the file system; `stdin`."),
                Option.text(
                        "format",
                        "syslog",
                        "What is sent, one of those above. `syslog` unless it is said, `eve` for"
                                + " sockets in the file system and standard input."),
                Option.size(
                        "max-line",
                        "64KiB",
                        "The longest message, 480 bytes to 8MiB (default 64KiB for syslog, else"
                                + " 1MiB). A longer one is skipped and counted."),
                Option.count(
                        "max-connections",
                        new Option.Type.Count("a number of connections", 1, MOST_CONNECTIONS),
                        "1000",
                        "How many connections it takes at a time (default 1000); more are turned"
                                + " away and counted."),
                Option.file(
                        "certificate",
                        "/etc/netsentinel/syslog.crt",
                        "With `tls://`: its certificate and those between it and the root, PEM. Read"
                                + " again when it changes."),
                Option.file(
                        "key",
                        "/etc/netsentinel/syslog.key",
                        "With `tls://`: the certificate's private key, PKCS #8 in PEM."),
                Option.file(
                        "client-authority",
                        "/etc/netsentinel/clients.crt",
                        "With `tls://`: certificates of those who sign the senders' certificates."
                                + " With it every sender must show one; without it none is asked"
                                + " for."));
    }

    @Override
    public boolean limitable() {
        return true;
    }

    @Override
    public Source create(Options options) {
        String listen = options.require("listen");
        String usual = listen.startsWith("unix") || listen.equals("stdin") ? "eve" : "syslog";
        ListenSettings defaults =
                ListenSettings.of(options.name(), listen, options.text("format").orElse(usual));
        ListenSettings limited =
                defaults.withLimits(
                        Math.toIntExact(options.number("max-line", defaults.maxLine())),
                        Math.toIntExact(options.number("max-connections", defaults.connections())));
        checkLimits(limited, options);
        return new ListenSource(secured(limited, options));
    }

    private static void checkLimits(ListenSettings settings, Options options) {
        switch (settings.transport()) {
            case UNIX, UNIXGRAM -> options.limits().check("listen", settings.path());
            case STDIN -> {
                if (options.limits().limited()) {
                    throw new IllegalArgumentException(
                            "listen: stdin can only be read by a source of the configuration");
                }
            }
            case UDP, TCP, TLS -> {}
        }
    }

    private static ListenSettings secured(ListenSettings settings, Options options) {
        Optional<Path> certificate = options.path("certificate");
        Optional<Path> key = options.path("key");
        boolean tls = settings.transport() == ListenSettings.Transport.TLS;
        if (certificate.isPresent() != tls || key.isPresent() != tls) {
            throw new IllegalArgumentException(
                    tls
                            ? "certificate and key are both needed to listen on "
                                    + settings.listen()
                            : "certificate and key: only for tls://, not for " + settings.listen());
        }
        return tls
                ? settings.withTls(
                        new ListenSettings.Tls(
                                certificate.orElseThrow(),
                                key.orElseThrow(),
                                options.path("client-authority")))
                : settings;
    }
}

package io.netsentinel.app.doctor;

import io.netsentinel.transport.PortOwner;
import io.netsentinel.transport.ServerException;
import io.netsentinel.transport.ServerSettings;
import io.netsentinel.transport.ServerSettings.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where the server listens: the port, and the certificate.
public final class ListenerChecks {
    private static final Duration SOON = Duration.ofDays(30);

    private ListenerChecks() {}

    /// All of them.
    ///
    /// @param running whether the server of the data directory runs
    /// @param now what the clock says
    public static List<Finding> of(ServerSettings settings, boolean running, Instant now) {
        List<Finding> found = new ArrayList<>();
        found.add(port(settings.host(), settings.port(), running));
        settings.tls().ifPresent(files -> found.add(certificate(files, now)));
        return found;
    }

    private static Finding port(String host, int port, boolean running) {
        String subject = "port";
        if (port == 0) {
            return Finding.ok(subject, "a free one is taken");
        }
        String where = "%d on %s".formatted(port, host);
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return running
                    ? Finding.warning(
                            subject,
                            where + " is free, though the server runs",
                            "it was started with another --port: name the same here")
                    : Finding.ok(subject, where + " is free");
        } catch (UnknownHostException _) {
            return Finding.problem(
                    subject, "there is no address of the name " + host, "mend the key host");
        } catch (IOException e) {
            Optional<String> owner = PortOwner.find(port);
            if (owner.isPresent() || running) {
                return taken(where, owner, running);
            }
            return Finding.problem(
                    subject,
                    "%s cannot be had: %s".formatted(where, e.getMessage()),
                    "stop what listens there, or choose another port (--port, key port)");
        }
    }

    private static Finding taken(String where, Optional<String> owner, boolean running) {
        String by = owner.map(name -> " by " + name).orElse("");
        return running
                ? Finding.ok("port", where + " is in use" + by + ", and the server runs")
                : Finding.problem(
                        "port",
                        where + " is in use" + by,
                        "stop that, or choose another port (--port, key port)");
    }

    private static Finding certificate(TlsFiles files, Instant now) {
        Instant end;
        try {
            end = files.notAfter();
        } catch (ServerException e) {
            return Finding.problem(
                    "certificate",
                    String.valueOf(e.getMessage()),
                    "mend the files of tls.certificate and tls.key");
        }
        String text = "%s ends %s".formatted(files.certificate(), end);
        if (!end.isAfter(now)) {
            return Finding.problem(
                    "certificate", text, "renew it; a running server takes the new one by itself");
        }
        return end.isBefore(now.plus(SOON))
                ? Finding.warning(
                        "certificate",
                        text,
                        "renew it; a running server takes the new one by itself")
                : Finding.ok("certificate", text);
    }
}

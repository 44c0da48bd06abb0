package io.netsentinel.integrations.sink.kind;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Whether the other side had read everything when it closed a connection. A receiver that closes
/// too early answers the rest with a reset, but a reader that has seen the end is not told of it.
/// Linux forgets a connection that was reset at once. One that ended in peace it keeps: as
/// TIME_WAIT when this side closed first, as CLOSE_WAIT with nothing left to be confirmed when the
/// other did (as over TLS, which says its end in a message of its own). Where the tables of the
/// system cannot be read, an end counts as peaceful.
final class TcpEnd {
    private static final List<Path> TABLES =
            List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String TIME_WAIT = "06";
    private static final String CLOSED = "07";
    private static final String ALL_CONFIRMED = "08 00000000";
    private static final int LOOKS = 200;
    private static final long PAUSE_NANOS = 5_000_000;

    private TcpEnd() {}

    /// Waits until the other side has confirmed the end, a second at most.
    ///
    /// @param socket of which the end was read
    /// @throws IOException when the connection was reset
    static void requirePeace(Socket socket) throws IOException {
        if (TABLES.stream().noneMatch(Files::isReadable)) {
            return;
        }
        String pair = port(socket.getLocalPort()) + " " + port(socket.getPort());
        for (int look = 0; look < LOOKS; look++) {
            Set<String> states = states(pair);
            if (states.stream().anyMatch(TcpEnd::peaceful)) {
                return;
            }
            if (states.stream().allMatch(state -> state.startsWith(CLOSED))) {
                break;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException("the receiver closed the connection before it had read everything");
    }

    private static boolean peaceful(String state) {
        return state.startsWith(TIME_WAIT) || state.equals(ALL_CONFIRMED);
    }

    private static String port(int number) {
        return String.format(Locale.ROOT, "%04X", number);
    }

    /// The states of the connections between two ports; there is one, unless other addresses happen
    /// to use the same ports.
    private static Set<String> states(String pair) throws IOException {
        Set<String> states = new TreeSet<>();
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                try (Stream<String> lines = Files.lines(table)) {
                    lines.map(line -> line.strip().split("\\s+", 6))
                            .filter(parts -> parts.length == 6 && pair.equals(ports(parts)))
                            .forEach(parts ->
                                    states.add(parts[3] + " " + parts[4].replaceFirst(":.*", "")));
                }
            }
        }
        return states;
    }

    private static String ports(String[] parts) {
        return parts[1].substring(parts[1].indexOf(':') + 1)
                + " "
                + parts[2].substring(parts[2].indexOf(':') + 1);
    }
}

package io.netsentinel.transport;

import java.time.Duration;
import java.util.List;

/// What WebSocket clients may use up, and how long things take.
///
/// @param node this server's name, told to clients
/// @param limits what may be used up
/// @param timing how long things take
/// @param framesPerKey how many frames of an encrypted connection a key is good for
/// @param timeDeliveries whether it is told how long events took to clients
public record ProtocolSettings(
        String node, Limits limits, Timing timing, int framesPerKey, boolean timeDeliveries) {
    private static final int FRAMES_PER_KEY = 1 << 16;
    private static final int FEWEST_FRAMES_PER_KEY = 16;
    private static final int MOST_FRAMES_PER_KEY = 1 << 24;

    /// @throws IllegalArgumentException when a key is good for fewer than 16 or more than
    ///   16,777,216 frames
    public ProtocolSettings {
        if (framesPerKey < FEWEST_FRAMES_PER_KEY || framesPerKey > MOST_FRAMES_PER_KEY) {
            throw new IllegalArgumentException(
                    "encryption.frames-per-key must be 16 to 16777216, not " + framesPerKey);
        }
    }

    /// What clients may use up.
    ///
    /// @param frameSize bytes of a frame and of a message from a client
    /// @param subscriptions named subscriptions of a connection; a pattern counts once
    /// @param commandsPerSecond commands of a connection, with a burst of twice as many; none for
    ///   administrators
    /// @param connectRatePerAddress handshakes a second from one address (IPv6: from one /64)
    /// @param connectionsPerAddress open connections from one address
    /// @param connectionsPerUser open connections of one user or token name
    /// @param connections open connections altogether
    /// @param viewsPerUser different views (channel, name, filter, format) of one user
    /// @param exempt addresses and networks without limits per address
    /// @param commandsPerUser commands a second of a user over all connections, with a burst of
    ///   twice as many; none for administrators
    /// @param historyPerSecond `history` commands of a connection, with a burst of twice as many;
    ///   none for administrators
    public record Limits(
            int frameSize,
            int subscriptions,
            int commandsPerSecond,
            int connectRatePerAddress,
            int connectionsPerAddress,
            int connectionsPerUser,
            int connections,
            int viewsPerUser,
            List<String> exempt,
            int commandsPerUser,
            int historyPerSecond) {
        private static final int COMMANDS_PER_USER = 1_000;
        private static final int HISTORY_PER_SECOND = 25;

        /// @throws IllegalArgumentException when a limit is not positive
        public Limits {
            exempt = List.copyOf(exempt);
            positive("frame-size", frameSize);
            positive("subscriptions", subscriptions);
            positive("commands-per-second", commandsPerSecond);
            positive("connect-rate-per-address", connectRatePerAddress);
            positive("connections-per-address", connectionsPerAddress);
            positive("connections-per-user", connectionsPerUser);
            positive("connections", connections);
            positive("views-per-user", viewsPerUser);
            positive("commands-per-second-per-user", commandsPerUser);
            positive("history-per-second", historyPerSecond);
        }

        /// Limits with 1,000 commands a second of a user and 25 `history` of a connection.
        public Limits(
                int frameSize,
                int subscriptions,
                int commandsPerSecond,
                int connectRatePerAddress,
                int connectionsPerAddress,
                int connectionsPerUser,
                int connections,
                int viewsPerUser,
                List<String> exempt) {
            this(
                    frameSize,
                    subscriptions,
                    commandsPerSecond,
                    connectRatePerAddress,
                    connectionsPerAddress,
                    connectionsPerUser,
                    connections,
                    viewsPerUser,
                    exempt,
                    COMMANDS_PER_USER,
                    HISTORY_PER_SECOND);
        }

        /// The same with other rates of a user's commands and of a connection's `history`.
        public Limits withRates(int perUser, int history) {
            return new Limits(
                    frameSize,
                    subscriptions,
                    commandsPerSecond,
                    connectRatePerAddress,
                    connectionsPerAddress,
                    connectionsPerUser,
                    connections,
                    viewsPerUser,
                    exempt,
                    perUser,
                    history);
        }

        private static void positive(String name, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be positive: " + value);
            }
        }

        /// 64 KiB, 128 subscriptions, 50 commands, 20 handshakes and 200 connections per address,
        /// 1,000 per user, 50,000 altogether, 64 views; loopback is exempt.
        public static Limits defaults() {
            return new Limits(
                    64 << 10, 128, 50, 20, 200, 1_000, 50_000, 64, List.of("127.0.0.0/8", "::1"));
        }
    }

    /// How long things take.
    ///
    /// @param identity from the handshake until somebody must have said who they are
    /// @param ping between two pings
    /// @param pong after a ping until something must have come back
    /// @param write how long a socket may take no byte
    /// @param expiring how long before its end a token is said to expire
    /// @param grace after its end until the connection is closed
    public record Timing(
            Duration identity,
            Duration ping,
            Duration pong,
            Duration write,
            Duration expiring,
            Duration grace) {
        private static final Duration SHORTEST_PING = Duration.ofSeconds(1);
        private static final Duration LONGEST_PING = Duration.ofMinutes(10);

        /// @throws IllegalArgumentException when a time is not positive
        public Timing {
            for (Duration one : List.of(identity, ping, pong, write, expiring, grace)) {
                if (!one.isPositive()) {
                    throw new IllegalArgumentException("a time must be positive: " + one);
                }
            }
        }

        /// 10 s, 25 s, 8 s, 10 s, 60 s, 25 s.
        public static Timing defaults() {
            return new Timing(
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(25),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(25));
        }

        /// The same with another time between two pings.
        ///
        /// @throws IllegalArgumentException when it is not 1 s to 10 min
        public Timing withPing(Duration interval) {
            if (interval.compareTo(SHORTEST_PING) < 0 || interval.compareTo(LONGEST_PING) > 0) {
                throw new IllegalArgumentException(
                        "limits.ping-interval must be 1s to 10m, not "
                                + interval.toSeconds()
                                + "s");
            }
            return new Timing(identity, interval, pong, write, expiring, grace);
        }
    }

    /// Node `netsentinel`, default limits and times, 65,536 frames a key.
    public static ProtocolSettings defaults() {
        return new ProtocolSettings(
                "netsentinel", Limits.defaults(), Timing.defaults(), FRAMES_PER_KEY, true);
    }

    /// The same under another name.
    public ProtocolSettings withNode(String name) {
        return new ProtocolSettings(name, limits, timing, framesPerKey, timeDeliveries);
    }

    /// The same with other limits.
    public ProtocolSettings withLimits(Limits other) {
        return new ProtocolSettings(node, other, timing, framesPerKey, timeDeliveries);
    }

    /// The same with other times.
    public ProtocolSettings withTiming(Timing other) {
        return new ProtocolSettings(node, limits, other, framesPerKey, timeDeliveries);
    }

    /// The same with keys that are good for another number of frames.
    public ProtocolSettings withFramesPerKey(int frames) {
        return new ProtocolSettings(node, limits, timing, frames, timeDeliveries);
    }

    /// The same, telling or not telling how long events took to clients.
    public ProtocolSettings withTimeDeliveries(boolean wanted) {
        return new ProtocolSettings(node, limits, timing, framesPerKey, wanted);
    }
}

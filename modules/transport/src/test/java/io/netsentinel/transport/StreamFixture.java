package io.netsentinel.transport;

import io.netsentinel.auth.Auth;
import io.netsentinel.auth.AuthSettings;
import io.netsentinel.auth.Role;
import io.netsentinel.auth.SignIn;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.HubSettings;
import io.netsentinel.channels.spi.Codec;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.queuing.Append;
import io.netsentinel.queuing.Entry;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.LogSettings;
import io.netsentinel.transport.spi.Method;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/// A whole server on a temporary directory, on a port of its own.
final class StreamFixture implements AutoCloseable {
    static final String ADMIN_PASSWORD = "correct horse battery staple";

    final StoppedClock clock = new StoppedClock();
    final EventLog log;
    final Auth auth;
    final Hub hub;
    final Server server;

    /// Goes on by itself, and can be moved.
    static final class StoppedClock extends Clock {
        private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

        void forward(Duration time) {
            offset.updateAndGet(time::plus);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset.get());
        }
    }

    /// What a test may want to have different.
    ///
    /// @param protocol limits and times
    /// @param channels of the hub
    /// @param log of the log
    /// @param auth of users and tokens
    /// @param methods for `call`
    /// @param codecs for formats
    record Options(
            ProtocolSettings protocol,
            HubSettings channels,
            LogSettings log,
            AuthSettings auth,
            List<Method> methods,
            List<Codec> codecs) {
        static Options defaults() {
            return new Options(
                    ProtocolSettings.defaults(),
                    HubSettings.defaults(),
                    LogSettings.defaults(),
                    AuthSettings.defaults().withHashIterations(1_000),
                    List.of(),
                    List.of());
        }

        Options with(ProtocolSettings other) {
            return new Options(other, channels, log, auth, methods, codecs);
        }

        Options with(ProtocolSettings.Limits other) {
            return with(protocol.withLimits(other));
        }

        Options with(ProtocolSettings.Timing other) {
            return with(protocol.withTiming(other));
        }

        Options with(HubSettings other) {
            return new Options(protocol, other, log, auth, methods, codecs);
        }

        Options with(AuthSettings other) {
            return new Options(protocol, channels, log, other, methods, codecs);
        }

        Options with(LogSettings other) {
            return new Options(protocol, channels, other, auth, methods, codecs);
        }

        Options with(Method... some) {
            return new Options(protocol, channels, log, auth, List.of(some), codecs);
        }

        Options with(Codec... some) {
            return new Options(protocol, channels, log, auth, methods, List.of(some));
        }
    }

    StreamFixture(Path directory) {
        this(directory, Options.defaults());
    }

    StreamFixture(Path directory, Options options) {
        this(directory, options, QueueSettings.defaults());
    }

    StreamFixture(Path directory, QueueSettings queues) {
        this(directory, Options.defaults(), queues);
    }

    private StreamFixture(Path directory, Options options, QueueSettings queues) {
        log = EventLog.open(directory, options.log());
        auth = Auth.open(log.store(), directory, options.auth(), clock);
        auth.users().setPassword("admin", ADMIN_PASSWORD);
        hub = Hub.create(log, options.channels(), options.codecs());
        Services services =
                Services.builder()
                        .add(EventLog.class, log)
                        .add(Auth.class, auth)
                        .add(Hub.class, hub)
                        .add(Clock.class, clock)
                        .add(QueueSettings.class, queues)
                        .build();
        server =
                Server.start(
                        ServerSettings.defaults().withPort(0),
                        options.protocol(),
                        services,
                        List.of(),
                        options.methods());
    }

    /// A token of this role, under the role's name.
    String token(Role role, String... channels) {
        return token("the-" + role.text(), role, Duration.ofHours(1), channels);
    }

    String token(String name, Role role, Duration ttl, String... channels) {
        return auth.tokens()
                .issue(name, role, Stream.of(channels).map(ChannelPattern::of).toList(), ttl)
                .jwt();
    }

    /// The cookie of a session of the administrator.
    String cookie() {
        SignIn signIn = auth.signIn("admin", ADMIN_PASSWORD, InetAddress.getLoopbackAddress());
        return "ns=" + ((SignIn.Granted) signIn).cookie();
    }

    StreamClient connect(String path, String... headers) {
        return StreamClient.connect(server.port(), path, List.of(), headers);
    }

    /// A connection on `/ws` with a token of this role in the handshake.
    StreamClient as(Role role, String... channels) {
        return connect("/ws", "Authorization", "Bearer " + token(role, channels));
    }

    /// Publishes and waits for the commit.
    long publish(String channel, String json) {
        return publish(channel, json, 1)[0];
    }

    /// Publishes the same event a number of times in one commit; the first and the last offset.
    long[] publish(String channel, String json, int times) {
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        List<Entry> entries =
                Stream.generate(() -> Entry.of(channel, payload)).limit(times).toList();
        var positions =
                hub.publish(new Append(entries, List.of(), Optional.empty())).join().positions();
        return new long[] {positions.getFirst().offset(), positions.getLast().offset()};
    }

    Raw http() {
        return new Raw(server.port());
    }

    @Override
    public void close() {
        server.close();
        hub.close();
        auth.close();
        log.close();
    }
}

package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.Frame;
import io.netsentinel.events.Ulid;
import io.netsentinel.tracing.Tracing;
import io.netsentinel.websocket.CloseEvent;
import io.netsentinel.websocket.ConnectionHandler;
import io.netsentinel.websocket.FrameBuffer;
import io.netsentinel.websocket.WebSocketConnection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One connection that speaks `netsentinel.v1`.
final class ProtocolConnection implements ConnectionHandler {
    private static final Logger LOG = System.getLogger(ProtocolConnection.class.getName());
    private static final byte[] PING = {};

    /// RFC 6455: a kind of data that is not accepted.
    private static final int WRONG_KIND = 1003;

    /// Kept free for the farewell in the last write.
    private static final int FAREWELL = 256;

    /// Events published and not committed yet, and calls not answered yet.
    private static final int PUBLISHES = 256;

    private static final int CALLS = 8;

    private final Protocol protocol;
    private final Arrival arrival;
    private final String id = Ulid.next();
    private final Instant since;
    private final Outbox outbox = new Outbox();
    private final Cursors cursors = new Cursors();
    private final Mail mail = new Mail();
    private final Holds holds = new Holds();
    private final Tracing tracing;
    private final Wire wire;
    private final Pump pump;
    private final Commander commander;
    private final Liveness liveness;
    private final Gate underWay = new Gate(PUBLISHES);
    private final Gate calls = new Gate(CALLS);
    private final Object patterns = new Object();
    private final AtomicReference<@Nullable Farewell> farewell = new AtomicReference<>();

    private volatile @Nullable WebSocketConnection socket;
    private volatile @Nullable Identity identity;
    private volatile @Nullable Hello hello;
    private volatile boolean pingDue;
    private volatile boolean greeting;
    private volatile int latency = -1;

    /// When it was pinged last, milliseconds since 1970; 0 while it was not.
    private volatile long pinged;

    private volatile boolean counted;
    private boolean arrived;

    /// The channels it is known to follow; used under the lock of [Presence].
    private volatile Set<String> present = Set.of();

    /// Used by the writer alone.
    private boolean saidFarewell;

    /// Used by the timer alone.
    private @Nullable Future<?> timer;

    ProtocolConnection(Protocol protocol, Arrival arrival) {
        this.protocol = protocol;
        this.arrival = arrival;
        this.since = protocol.now();
        this.wire = new Wire(arrival.encoding());
        this.tracing = protocol.hub().tracing();
        this.pump =
                new Pump(
                        outbox, mail, cursors, wire, tracing, () -> close(CloseCode.POSITION_LOST));
        this.commander = new Commander(protocol, this);
        this.liveness = new Liveness(protocol.settings().timing(), System.nanoTime());
    }

    // ---- what the websocket calls

    @Override
    public void onOpen(WebSocketConnection connection) {
        socket = connection;
        protocol.connections().opened(this);
        if (!arrival.understood()) {
            close(CloseCode.UNSUPPORTED_SUBPROTOCOL);
            return;
        }
        arrival.identity().ifPresent(who -> identify(who, arrival.mark()));
        soon();
        if (arrival.implied().isPresent() && arrival.identity().isPresent() && open()) {
            commander.greet(Command.implied("connect"));
        }
    }

    @Override
    public void onText(String message) {
        if (wire.encrypted()) {
            commander.malformed("this connection is encrypted: frames that are not are refused");
            return;
        }
        if (wire.encoding().binary()) {
            wrongKind("this subprotocol has binary frames only");
            return;
        }
        try {
            run(CommandReader.read(message));
        } catch (CommandReader.MalformedFrameException e) {
            commander.malformed(e.text());
        }
    }

    @Override
    public void onBinary(byte[] message) {
        if (wire.encrypted()) {
            wire.opened(message)
                    .ifPresentOrElse(this::onBytes, () -> close(CloseCode.CANNOT_DECRYPT));
        } else if (wire.encoding().binary()) {
            onBytes(message);
        } else {
            wrongKind("this subprotocol has text frames only");
        }
    }

    private void onBytes(byte[] message) {
        try {
            run(
                    wire.encoding().binary()
                            ? CommandReader.readPacked(message)
                            : CommandReader.read(message));
        } catch (CommandReader.MalformedFrameException e) {
            commander.malformed(e.text());
        }
    }

    private void run(List<Command> commands) {
        try {
            for (Command command : commands) {
                if (!open() || !outbox.awaitRoom()) {
                    return;
                }
                commander.run(command);
            }
        } catch (RuntimeException e) {
            failed(e);
        }
    }

    private void wrongKind(String reason) {
        WebSocketConnection open = socket;
        if (open != null) {
            open.close(WRONG_KIND, reason);
        }
    }

    @Override
    public boolean fill(FrameBuffer out) {
        try {
            if (farewell.get() != null) {
                sayFarewell(out);
                return false;
            }
            boolean more = (pingDue && !ping(out)) || !pump.fill(out, !greeting);
            if (more && out.isEmpty()) {
                wake();
            }
            return more;
        } catch (RuntimeException | AssertionError e) {
            failed(e);
            return false;
        }
    }

    @Override
    public void written() {
        Times times = protocol.connections().delivery();
        long newest = times.enabled() ? pump.takeNewest() : 0;
        if (newest != 0) {
            times.add(protocol.clock().millis() - newest);
        }
        if (tracing.on()) {
            for (Pump.Sending one : pump.takeSending()) {
                tracing.written(one.trail(), id, one.begun());
            }
        }
    }

    private void failed(Throwable e) {
        LOG.log(Level.ERROR, () -> "cannot serve connection " + id, e);
        close(CloseCode.INTERNAL);
    }

    @Override
    public void onClose(CloseEvent event) {
        farewell.compareAndSet(null, Farewell.of(CloseCode.DRAIN));
        outbox.close();
        underWay.close();
        protocol.connections().closed(this, endedWith(event), cursors.close());
        holds.close();
        mail.close();
        protocol.connections().presence().update(this);
        LOG.log(
                Level.DEBUG,
                () -> "connection " + id + " ended: " + event.cause() + " " + event.code());
    }

    /// The peer's close frame answers ours, so what we said counts when we began.
    private static int endedWith(CloseEvent event) {
        return event.cause() == CloseEvent.Cause.LOCAL && event.sentCode() != 0
                ? event.sentCode()
                : event.code();
    }

    // ---- what the writer puts in

    private boolean ping(FrameBuffer out) {
        ObjectNode message = Json.object().put("type", "ping");
        message.put("time", protocol.clock().millis());
        message.set("pos", pump.positions());
        if (!wire.add(out, wire.frame(Json.bytes(message))) || !out.ping(PING)) {
            return false;
        }
        pingDue = false;
        pinged = protocol.clock().millis();
        liveness.pinged(System.nanoTime());
        return true;
    }

    private void sayFarewell(FrameBuffer out) {
        Farewell why = farewell.get();
        if (why == null || saidFarewell) {
            return;
        }
        ObjectNode message = Json.object().put("type", "disconnect");
        message.put("code", why.code().number());
        message.put("reason", why.code().reason());
        message.put("reconnect", why.code().reconnect());
        message.putArray("retry").add(why.retryFrom().toMillis()).add(why.retryTo().toMillis());
        if (why.code() != CloseCode.INTERNAL && cursors.size() > 0) {
            message.set("pos", pump.positions());
        }
        Frame frame = wire.frame(Json.bytes(message));
        outbox.drainTo(out, wire, frame.bytes().length + FAREWELL);
        saidFarewell = wire.add(out, frame);
    }

    // ---- time

    /// Looks at once, on the timer's thread, whether something has to be done.
    void soon() {
        protocol.connections().timer().execute(this::tick);
    }

    private void tick() {
        WebSocketConnection open = socket;
        if (timer != null) {
            timer.cancel(false);
        }
        if (open == null || !open()) {
            return;
        }
        Liveness.Due due =
                liveness.look(
                        System.nanoTime(), open.lastReceivedNanos(), identity(), protocol.now());
        if (due.close().isPresent()) {
            close(due.close().get());
            return;
        }
        // first: whatever goes wrong below, the connection is looked at again
        timer = protocol.connections().later(this::tick, due.next());
        due.expiring().ifPresent(this::warn);
        if (due.ping()) {
            pingDue = true;
            wake();
            identity().ifPresent(protocol.auth()::touch);
        }
    }

    private void warn(Duration left) {
        send(Json.object().put("type", "expiring").put("ttl", Math.max(0, left.toSeconds())));
    }

    // ---- what commands and others do with it

    /// Unique among all connections.
    String id() {
        return id;
    }

    Instant since() {
        return since;
    }

    /// How long it has been there.
    Duration lasted() {
        return Duration.between(since, protocol.now());
    }

    Arrival arrival() {
        return arrival;
    }

    /// How its messages are written.
    Wire wire() {
        return wire;
    }

    Cursors cursors() {
        return cursors;
    }

    /// The places it holds for durable subscriptions.
    Holds holds() {
        return holds;
    }

    /// The direct messages of its client.
    Mail mail() {
        return mail;
    }

    /// By what direct messages reach it; empty while nobody has said who they are.
    Optional<Mail.Address> address() {
        String client = hello().map(Hello::client).orElse(id);
        return identity().map(who -> new Mail.Address(who.user(), client));
    }

    /// Makes direct messages for its client come here; once.
    ///
    /// @param client the id it has given, or the connection's own
    /// @throws ProtocolException when the user has too many clients
    void openMail(String client) {
        identity()
                .ifPresent(who ->
                        mail.open(
                                protocol.queues().inboxes(),
                                new Mail.Address(who.user(), client),
                                client.equals(id),
                                this::wake));
        wake();
    }

    Commander commander() {
        return commander;
    }

    /// Held while the channels of a pattern are gone through.
    Object patterns() {
        return patterns;
    }

    Gate underWay() {
        return underWay;
    }

    Gate calls() {
        return calls;
    }

    /// Whether it counts for its user.
    boolean isCounted() {
        return counted;
    }

    /// A channel came into being.
    void born(String channel) {
        try {
            identity()
                    .filter(_ -> !cursors.patternsFor(channel).isEmpty())
                    .ifPresent(who -> new Subscribing(protocol, this, who).born(channel));
        } catch (RuntimeException e) {
            commander.fail(Command.implied("subscribe"), e);
        }
    }

    /// What the connection's path subscribes to; once.
    Optional<Command> takeImplied() {
        boolean again = arrived;
        arrived = true;
        return again ? Optional.empty() : arrival.implied();
    }

    /// A ping's way there and back, milliseconds; -1 when it is not known.
    int latency() {
        return latency;
    }

    /// When it was pinged last.
    Optional<Instant> pinged() {
        return pinged == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(pinged));
    }

    /// Bytes of messages that wait to be written. Events do not: a subscription is a place in the
    /// log.
    int queueBytes() {
        return outbox.bytes();
    }

    void measured(long millis) {
        latency = (int) Math.min(millis, Integer.MAX_VALUE);
        protocol.connections().roundTrips().add(millis);
    }

    Optional<Identity> identity() {
        return Optional.ofNullable(identity);
    }

    Optional<Hello> hello() {
        return Optional.ofNullable(hello);
    }

    Optional<WebSocketConnection> socket() {
        return Optional.ofNullable(socket);
    }

    /// Keeps events back until `connected` has been said.
    void greeting(boolean now) {
        greeting = now;
        wake();
    }

    void introduce(Hello its) {
        hello = its;
    }

    /// Somebody has said who they are, or shown a newer token.
    ///
    /// @param mark what was revoked before that was found out
    void identify(Identity who, long mark) {
        identity = who;
        counted = counted || protocol.connections().users().connect(who.user());
        Optional<CloseCode> revoked = protocol.connections().revokedSince(mark, who);
        if (!counted) {
            close(CloseCode.CONNECTION_LIMIT);
        } else if (revoked.isPresent()) {
            close(revoked.get());
        } else {
            soon();
        }
    }

    void send(ObjectNode message) {
        send(Json.bytes(message));
    }

    /// @param message JSON
    void send(byte[] message) {
        outbox.add(wire.frame(message));
        wake();
    }

    /// Sends the server's half of an agreement on keys: the last message that is not encrypted.
    void encrypt(ObjectNode message, MessageEncryption.Agreed agreed) {
        outbox.add(wire.frame(Json.bytes(message)), () -> wire.seal(agreed.seals()));
        wire.open(agreed.opens()); // not before: it lets in what must not be written in the open
        wake();
    }

    /// A message that may be left out when the client does not take what there is.
    void notice(byte[] message) {
        if (outbox.addIfRoom(wire.frame(message))) {
            wake();
        }
    }

    Set<String> present() {
        return present;
    }

    void present(Set<String> channels) {
        present = Set.copyOf(channels);
    }

    void wake() {
        WebSocketConnection open = socket;
        if (open != null) {
            open.wake();
        }
    }

    /// False once it is being ended.
    boolean open() {
        return farewell.get() == null;
    }

    void close(CloseCode code) {
        close(Farewell.of(code));
    }

    /// Says why and closes. The first call wins.
    void close(Farewell why) {
        WebSocketConnection open = socket;
        if (farewell.compareAndSet(null, why) && open != null) {
            open.close(why.code().number(), why.code().reason());
        }
    }
}

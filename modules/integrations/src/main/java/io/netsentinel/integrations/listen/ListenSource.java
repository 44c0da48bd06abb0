package io.netsentinel.integrations.listen;

import io.netsentinel.integrations.ListenSettings;
import io.netsentinel.integrations.spi.Intake;
import io.netsentinel.integrations.spi.Intake.Counter;
import io.netsentinel.integrations.spi.Origin;
import io.netsentinel.integrations.spi.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A source that others send to. Its receivers put messages into a bounded queue; its own thread
/// takes them out and commits them. What the queue holds at a stop is still committed: nobody would
/// send it again.
public final class ListenSource implements Source {
    private static final int BATCH = 1_000;
    private static final long WAIT_MILLIS = 50;
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ListenSettings settings;
    private volatile Reception present = new Reception();
    private volatile int port;

    /// @param settings where to listen, and for what
    public ListenSource(ListenSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return settings.transport().text();
    }

    /// The address, with the port that was chosen when any free one was asked for.
    @Override
    public String path() {
        String listen = settings.listen();
        return listen.endsWith(":0") && port > 0
                ? listen.substring(0, listen.length() - 1) + port
                : listen;
    }

    @Override
    public String format() {
        return settings.format();
    }

    @Override
    public boolean resumes() {
        return false;
    }

    /// Asked at any time, so that it is true while the source's own thread waits for the log.
    @Override
    public Progress progress() {
        Reception reception = present;
        return new Progress(reception.bytesRead(), reception.queue().weight(), 1, false);
    }

    @Override
    public void run(Intake intake) {
        Reception reception = new Reception();
        present = reception;
        try (Reception.Receiver receiver = open(reception)) {
            intake.problem("");
            take(intake, reception, receiver);
        } catch (IOException e) {
            intake.problem("cannot listen on " + settings.listen() + ": " + e.getMessage());
            intake.pause(RETRY);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            port = 0;
        }
    }

    private Reception.Receiver open(Reception reception) throws IOException {
        return switch (settings.transport()) {
            case UDP -> {
                DatagramReceiver receiver =
                        DatagramReceiver.open(
                                address(), reception, settings.name(), settings.maxLine());
                port = receiver.port();
                yield receiver;
            }
            case TCP -> stream(TcpDoor.open(address(), Optional.empty()), reception);
            case TLS ->
                    stream(
                            TcpDoor.open(
                                    address(),
                                    Optional.of(new TlsFiles(settings.tls().orElseThrow()))),
                            reception);
            case UNIX -> StreamReceiver.start(UnixDoor.open(settings.path()), reception, settings);
            case UNIXGRAM ->
                    UnixDatagramReceiver.open(
                            settings.path(), reception, settings.name(), settings.maxLine());
            case STDIN -> StreamReceiver.start(new InputDoor(System.in), reception, settings);
        };
    }

    private Reception.Receiver stream(TcpDoor door, Reception reception) {
        port = door.port();
        return StreamReceiver.start(door, reception, settings);
    }

    private InetSocketAddress address() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
    }

    private void take(Intake intake, Reception reception, Reception.Receiver receiver)
            throws InterruptedException {
        FrameQueue queue = reception.queue();
        boolean more = true;
        while (more) {
            boolean stopping = intake.stopping();
            if (stopping) {
                queue.close();
                receiver.close();
            }
            List<Frame> frames = queue.take(BATCH, stopping ? 0 : WAIT_MILLIS);
            frames.forEach(frame -> take(intake, frame));
            report(intake, reception);
            more = stopping ? !frames.isEmpty() : true;
            if (intake.pending() > 0 && !intake.commit(List.of())) {
                return;
            }
            if (frames.isEmpty() && !intake.settle()) {
                return;
            }
        }
        intake.settle();
    }

    private void take(Intake intake, Frame frame) {
        Peer peer = frame.peer();
        String where =
                peer.address().isEmpty()
                        ? settings.listen()
                        : settings.listen() + " from " + peer.address();
        if (frame.refusal().isEmpty()) {
            intake.line(
                    peer.reader(address -> intake.reader(Origin.peer(address))),
                    frame.bytes(),
                    0,
                    frame.bytes().length,
                    peer.next(),
                    where);
        } else {
            intake.reject(frame.bytes(), frame.refusal(), peer.next(), where);
        }
    }

    private void report(Intake intake, Reception reception) {
        long refused = reception.refused().sumThenReset();
        reception.takeMishap().ifPresent(intake::mishap);
        move(refused, intake, Counter.REFUSED);
        move(reception.dropped().sumThenReset(), intake, Counter.DROPPED);
        move(reception.overlong().sumThenReset(), intake, Counter.OVERLONG);
    }

    private static void move(long amount, Intake intake, Counter counter) {
        if (amount > 0) {
            intake.count(counter, amount);
        }
    }
}

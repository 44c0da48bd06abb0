package io.netsentinel.integrations.listen;

import io.netsentinel.integrations.ListenSettings;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Receives from connections, each on a virtual thread of its own. A connection whose messages find
/// no room waits, so it is read no more until there is room again.
final class StreamReceiver implements Reception.Receiver {
    private static final System.Logger LOG = System.getLogger(StreamReceiver.class.getName());
    private static final int PIECE = 32 * 1024;

    private final Door door;
    private final Reception reception;
    private final ListenSettings settings;
    private final Set<Door.Guest> guests = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private StreamReceiver(Door door, Reception reception, ListenSettings settings) {
        this.door = door;
        this.reception = reception;
        this.settings = settings;
    }

    static StreamReceiver start(Door door, Reception reception, ListenSettings settings) {
        StreamReceiver receiver = new StreamReceiver(door, reception, settings);
        Thread.ofVirtual().name("accept-" + settings.name()).start(receiver::run);
        return receiver;
    }

    private void run() {
        while (!closed) {
            try {
                admit(door.accept());
            } catch (IOException e) {
                if (!closed) {
                    // too many open files, for example: the next attempt may succeed
                    reception.mishap("cannot accept a connection");
                    LOG.log(System.Logger.Level.DEBUG, "cannot accept a connection", e);
                    Rest.aWhile();
                }
            }
        }
    }

    private void admit(Door.Guest guest) {
        if (guests.size() >= settings.connections()) {
            reception.refuse(
                    "a connection was turned away: there are "
                            + settings.connections()
                            + " already (max-connections)");
            end(guest);
            return;
        }
        guests.add(guest);
        if (closed) {
            end(guest);
            return;
        }
        Thread.Builder thread =
                guest.occupies() ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
        thread.name("receive-" + settings.name()).start(() -> serve(guest));
    }

    private void serve(Door.Guest guest) {
        try {
            read(guest.open(), new Peer(guest.address()));
        } catch (IOException e) {
            if (!closed) {
                reception.refuse(String.valueOf(e.getMessage()));
            }
        } finally {
            end(guest);
        }
    }

    private void read(InputStream in, Peer peer) {
        Messages messages = new Messages(peer);
        Framer framer =
                settings.format().equals("syslog")
                        ? new SyslogFramer(settings.maxLine(), messages)
                        : new LineFramer(settings.maxLine(), messages);
        byte[] piece = new byte[PIECE];
        try {
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                reception.read(count);
                framer.feed(piece, count);
                if (messages.ended) {
                    return;
                }
            }
        } catch (IOException e) {
            // by the other side without a word, or by us
            LOG.log(System.Logger.Level.DEBUG, "a connection was broken off", e);
        }
        // what had come of a message is taken as it is
        framer.finish();
        if (settings.transport() == ListenSettings.Transport.STDIN) {
            reception.mishap("standard input has ended: nothing more will come");
        }
    }

    private void end(Door.Guest guest) {
        guests.remove(guest);
        try {
            guest.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection could not be closed", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            door.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the listening socket could not be closed", e);
        }
        guests.forEach(this::end);
    }

    private final class Messages implements Framer.Messages {
        private final Peer peer;
        private boolean ended;

        Messages(Peer peer) {
            this.peer = peer;
        }

        @Override
        public void message(byte[] bytes, int offset, int length) {
            put(Frame.of(Arrays.copyOfRange(bytes, offset, offset + length), peer));
        }

        @Override
        public void overlong(byte[] sample, long length) {
            reception.overlong().increment();
            put(Frame.overlong(sample, length, settings.maxLine(), peer));
        }

        private void put(Frame frame) {
            try {
                ended |= !reception.queue().put(frame);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                ended = true;
            }
        }
    }
}

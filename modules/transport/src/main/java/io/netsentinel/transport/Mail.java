package io.netsentinel.transport;

import io.netsentinel.queuing.InboxReader;
import io.netsentinel.queuing.Inboxes;
import io.netsentinel.queuing.Letter;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.websocket.FrameBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The direct messages of one connection's client: a place in what is stored, nothing more.
final class Mail {
    /// Room for all of a message besides its data.
    private static final int ENVELOPE = 256;

    private volatile @Nullable InboxReader reader;
    private boolean closed;

    /// Opens it for a client; once.
    ///
    /// @param passing whether the client's id is only the connection's
    synchronized void open(Inboxes inboxes, Address address, boolean passing, Runnable wake) {
        if (reader != null || closed) {
            return;
        }
        try {
            reader = inboxes.read(address.user(), address.client(), passing, wake);
        } catch (QueueFullException e) {
            throw new ProtocolException(
                    ErrorCode.LIMIT_EXCEEDED, String.valueOf(e.getMessage()), "client");
        }
    }

    /// Whose messages.
    ///
    /// @param user the user
    /// @param client the client's id, unique for the user
    record Address(String user, String client) {}

    Optional<InboxReader> reader() {
        return Optional.ofNullable(reader);
    }

    /// Moves messages into a write. Used by the writer alone.
    ///
    /// @return true when there is nothing more
    boolean fill(FrameBuffer out, Wire wire) {
        InboxReader open = reader;
        while (open != null) {
            int room = out.isEmpty() ? Integer.MAX_VALUE : wire.room(out) - ENVELOPE;
            switch (open.next(room)) {
                case Letter letter -> wire.add(out, wire.frame(message(letter)));
                case InboxReader.Nothing nothing -> {
                    return nothing == InboxReader.Nothing.NOW;
                }
            }
        }
        return true;
    }

    /// The data is put in as it is.
    private static byte[] message(Letter letter) {
        StringBuilder head = new StringBuilder(ENVELOPE).append("{\"type\":\"message\",\"seq\":");
        head.append(letter.seq()).append(",\"prev\":").append(letter.prev());
        head.append(",\"priority\":").append(letter.priority());
        head.append(",\"time\":").append(letter.time());
        head.append(",\"ttl\":").append(Math.max(1, letter.ttl().toSeconds()));
        if (letter.lost() > 0) {
            head.append(",\"expired\":").append(letter.lost());
        }
        byte[] before = head.append(",\"data\":").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] message = new byte[before.length + letter.data().length + 1];
        System.arraycopy(before, 0, message, 0, before.length);
        System.arraycopy(letter.data(), 0, message, before.length, letter.data().length);
        message[message.length - 1] = '}';
        return message;
    }

    synchronized void close() {
        closed = true;
        InboxReader open = reader;
        if (open != null) {
            open.close();
        }
    }
}

package io.netsentinel.websocket;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Reads the accepted socket itself. Most connections wait most of the time, and for a command of a
/// few hundred bytes: they wait without room, begin with little, and get more while more comes.
final class PlainInlet implements Inlet {
    private static final int LEAST = 256;
    private static final int MOST = 16 << 10;
    private static final byte[] NONE = {};

    private final SocketChannel channel;

    /// What came together with the handshake, until it is read.
    private BufferData early;

    private byte[] room = NONE;

    /// What the next read has room for.
    private int size = LEAST;

    /// @param reader the one that has read the handshake, and perhaps more
    PlainInlet(SocketChannel channel, DataReader reader) {
        this.channel = channel;
        int read = reader.available();
        this.early = read == 0 ? BufferData.empty() : reader.readBuffer(read);
    }

    @Override
    public BufferData next() throws IOException {
        if (!early.consumed()) {
            BufferData first = early;
            early = BufferData.empty();
            return first;
        }
        if (room.length == 0) {
            room = new byte[size];
        }
        int count = channel.read(ByteBuffer.wrap(room));
        if (count < 0) {
            throw new EOFException("closed by the peer without a close frame");
        }
        if (count == 0) {
            room = NONE;
            return BufferData.empty();
        }
        BufferData bytes = BufferData.create(room, 0, count);
        if (count == size && size < MOST) {
            size *= 2;
            room = NONE;
        } else if (count < size / 4 && size > LEAST) {
            size = Math.max(LEAST, size / 4);
            room = NONE;
        }
        return bytes;
    }
}

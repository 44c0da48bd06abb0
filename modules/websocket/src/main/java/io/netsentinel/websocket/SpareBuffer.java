package io.netsentinel.websocket;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PlainSocket;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import org.jspecify.annotations.Nullable;

/// The read buffer of Helidon's plain sockets: 8 KiB that live as long as the connection. After the
/// upgrade nobody reads with it any more, and for ten thousand WebSockets that wait it is half of
/// what they cost (docs/adr/0002).
///
/// It is a private field, so the start script opens Helidon's package to this module. Where that is
/// not so, or Helidon has changed, the buffer stays, and nothing else is different.
final class SpareBuffer {
    private static final System.Logger LOGGER = System.getLogger(SpareBuffer.class.getName());
    private static final byte[] NONE = {};
    private static final @Nullable Field FIELD = find();

    private SpareBuffer() {}

    /// Gives it back to the memory.
    ///
    /// @return whether it could be had
    static boolean release(HelidonSocket socket) {
        if (FIELD == null || !(socket instanceof PlainSocket)) {
            return false;
        }
        try {
            FIELD.set(socket, NONE);
            return true;
        } catch (IllegalAccessException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "the read buffer stays", e);
            return false;
        }
    }

    private static @Nullable Field find() {
        try {
            Field field = PlainSocket.class.getDeclaredField("readBuffer");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException | InaccessibleObjectException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "read buffers stay", e);
            return null;
        }
    }
}

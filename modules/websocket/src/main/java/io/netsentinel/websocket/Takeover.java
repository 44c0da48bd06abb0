package io.netsentinel.websocket;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PlainSocket;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// Takes a plain connection away from Helidon, so that its thread may end after the upgrade without
/// closing the socket. A thread that waits in a stack of its own, without Helidon's frames, and
/// without what they hold, is most of what an idle connection costs (docs/adr/0002).
///
/// The socket that Helidon would close is a private field, so the start script opens Helidon's
/// package to this module. Where that is not so, or Helidon has changed, the connection stays with
/// Helidon's thread, and nothing else is different.
final class Takeover {
    private static final System.Logger LOGGER = System.getLogger(Takeover.class.getName());
    private static final @Nullable Field FIELD = find();

    private Takeover() {}

    /// From now on closing Helidon's socket closes nothing. What was read by it and not taken yet
    /// has to be taken before.
    ///
    /// @return whether it could be had
    static boolean of(HelidonSocket socket) {
        if (FIELD == null || !(socket instanceof PlainSocket) || socket.isSecure()) {
            return false;
        }
        try {
            FIELD.set(socket, new Taken());
            return true;
        } catch (IllegalAccessException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "connections stay with Helidon", e);
            return false;
        }
    }

    private static @Nullable Field find() {
        try {
            Field field = PlainSocket.class.getDeclaredField("delegate");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException | InaccessibleObjectException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "connections stay with Helidon", e);
            return null;
        }
    }

    /// Stands in for the socket. Helidon ends its output first, and closes nothing when that fails.
    private static final class Taken extends Socket {
        @Override
        public void shutdownOutput() throws IOException {
            throw new IOException("this connection is not Helidon's any more");
        }
    }
}

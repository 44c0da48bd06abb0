package io.netsentinel.websocket;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Pongs and a ping that wait for the writer. A peer that pings faster than it reads gets pongs for
/// its latest pings only (RFC 6455 5.5.3).
final class PendingControls {
    private static final int MAX_PONGS = 32;

    private @Nullable ArrayDeque<byte[]> pongs;
    private byte @Nullable [] ping;

    synchronized void pong(byte[] payload) {
        if (pongs == null) {
            pongs = new ArrayDeque<>(2);
        }
        if (pongs.size() == MAX_PONGS) {
            pongs.removeFirst();
        }
        pongs.add(payload);
    }

    /// The newest replaces one that is not written yet.
    synchronized void ping(byte[] payload) {
        ping = payload.clone();
    }

    /// Moves everything into an empty buffer; 33 control frames always fit.
    synchronized void drainTo(FrameBuffer out) {
        if (pongs != null) {
            pongs.forEach(pong -> out.control(FrameHeader.PONG, pong));
            pongs = null;
        }
        if (ping != null) {
            out.control(FrameHeader.PING, ping);
            ping = null;
        }
    }
}

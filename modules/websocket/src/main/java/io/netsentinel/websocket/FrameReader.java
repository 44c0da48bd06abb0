package io.netsentinel.websocket;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsCloseCodes;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Turns the bytes of a client into messages and control frames, however TCP cut them.
final class FrameReader {
    private static final byte[] EMPTY = {};

    private final WebSocketConnection connection;
    private final ClientFrame frame;
    private final MessageBuffer message;
    private final ControlBudget controls;
    private final InflatePace pace = new InflatePace(System.nanoTime());

    private byte[] control = EMPTY;
    private int position;
    private boolean inPayload;

    FrameReader(
            WebSocketConnection connection, WebSocketLimits limits, Optional<Deflation> deflation) {
        this.connection = connection;
        this.frame = new ClientFrame(limits.maxFrame(), deflation.isPresent());
        this.message = new MessageBuffer(limits, deflation);
        this.controls = new ControlBudget(limits.controlFramesPerSecond(), System.nanoTime());
        frame.reset();
    }

    /// Reads everything in `in`, or up to the close frame.
    ///
    /// @return false after the close frame: nothing more is to be read
    /// @throws Violation when the client breaks a rule
    boolean read(BufferData in) {
        while (inPayload || !in.consumed()) {
            if (!inPayload) {
                if (!frame.read(in, message.isOpen())) {
                    return true;
                }
                begin();
            }
            payload(in);
            if (position < frame.length()) {
                return true;
            }
            inPayload = false;
            if (!end()) {
                return false;
            }
            frame.reset();
        }
        return true;
    }

    private void begin() {
        boolean hollow = frame.length() == 0 && !frame.isFinal();
        if ((frame.isControl() || hollow) && !controls.take(System.nanoTime())) {
            throw new Violation(WsCloseCodes.VIOLATED_POLICY, "too many control frames");
        }
        if (frame.isControl()) {
            control = frame.length() == 0 ? EMPTY : new byte[frame.length()];
        } else {
            message.begin(frame);
        }
        position = 0;
        inPayload = true;
    }

    private void payload(BufferData in) {
        int count = Math.min(in.available(), frame.length() - position);
        if (count == 0) {
            return;
        }
        if (frame.isControl()) {
            in.read(control, position, count);
            Masking.unmask(control, position, position + count, frame.key(), position);
        } else {
            message.append(in, count, frame, position);
        }
        position += count;
    }

    private boolean end() {
        switch (frame.opcode()) {
            case FrameHeader.PING -> connection.pinged(control);
            case FrameHeader.PONG -> connection.ponged(control);
            case FrameHeader.CLOSE -> {
                connection.closedByPeer(CloseFrame.parse(control));
                return false;
            }
            default -> {
                if (frame.isFinal()) {
                    deliver();
                }
            }
        }
        return true;
    }

    private void deliver() {
        if (message.isDeflated()) {
            inflate();
        } else if (message.isText()) {
            connection.received(message.takeText());
        } else {
            connection.received(message.takeBinary());
        }
    }

    /// Nobody would see what is inflated for a connection that is being closed.
    private void inflate() {
        if (!connection.isOpen()) {
            message.clear();
            return;
        }
        int compressed = message.length();
        boolean text = message.isText();
        InflatedMessage inflated = message.takeInflated();
        if (text) {
            connection.received(inflated.text());
        } else {
            connection.received(inflated.binary());
        }
        long pause = pace.pause(compressed, inflated.work(), System.nanoTime());
        if (pause > 0) {
            LockSupport.parkNanos(pause);
        }
    }
}

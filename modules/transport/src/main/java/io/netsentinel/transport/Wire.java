package io.netsentinel.transport;

import io.netsentinel.channels.Compression;
import io.netsentinel.channels.Encoding;
import io.netsentinel.channels.Frame;
import io.netsentinel.channels.Shape;
import io.netsentinel.events.Projection;
import io.netsentinel.websocket.FrameBuffer;

/// How one connection writes its messages: the encoding its handshake agreed on, and the
/// compression its `connect` asked for.
final class Wire {
    private final Encoding encoding;
    private volatile Compression compression = Compression.NONE;
    private volatile boolean begun;

    Wire(Encoding encoding) {
        this.encoding = encoding;
    }

    Encoding encoding() {
        return encoding;
    }

    Compression compression() {
        return compression;
    }

    /// Subscriptions that are opened from now on get compressed frames.
    void compress(Compression how) {
        compression = how;
    }

    /// The client was told, so large messages may be compressed too.
    void begin() {
        begun = true;
    }

    /// The shape of a subscription of this connection.
    ///
    /// @param rate most events a second, 0 for all
    Shape shape(Projection fields, double rate) {
        return new Shape(fields, encoding, compression, rate);
    }

    /// A message, or an array of them, as a frame.
    Frame frame(byte[] json) {
        Frame plain = new Frame(encoding.of(json), encoding.binary());
        return begun ? compression.apply(plain) : plain;
    }

    /// Adds a frame to a write.
    ///
    /// @return false when it does not fit
    static boolean add(FrameBuffer out, Frame frame) {
        return frame.binary() ? out.binary(frame.bytes()) : out.text(frame.bytes());
    }

    /// Adds a frame that other connections send as well.
    ///
    /// @return false when it does not fit
    static boolean share(FrameBuffer out, Frame frame) {
        return frame.binary() ? out.sharedBinary(frame.bytes()) : out.sharedText(frame.bytes());
    }
}

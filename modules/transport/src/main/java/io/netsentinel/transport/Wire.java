package io.netsentinel.transport;

import io.netsentinel.channels.Compression;
import io.netsentinel.channels.Encoding;
import io.netsentinel.channels.Frame;
import io.netsentinel.channels.Shape;
import io.netsentinel.events.Projection;
import io.netsentinel.websocket.FrameBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How one connection writes its messages: the encoding its handshake agreed on, and the
/// compression and encryption its `connect` asked for.
///
/// Encryption is the last thing that happens to a frame, in the connection's own write: what was
/// encoded and compressed once for many connections stays shared, and only those that asked for
/// encryption pay for it.
final class Wire {
    /// MessagePack is shorter than JSON, but for short fractions: nine bytes instead of four.
    private static final int LARGEST_GROWTH = 3;

    private final Encoding encoding;
    private volatile Compression compression = Compression.NONE;
    private volatile boolean begun;
    private volatile boolean encrypted;

    /// Used by the reader alone.
    private @Nullable FrameCipher opens;

    /// Used by the writer alone.
    private @Nullable FrameCipher seals;

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

    /// Whether keys were agreed on: everything that comes in is encrypted, and everything that goes
    /// out behind the answer to that.
    boolean encrypted() {
        return encrypted;
    }

    /// From now on what comes in is encrypted. Called by the reader.
    void open(FrameCipher cipher) {
        opens = cipher;
        encrypted = true;
    }

    /// From now on what goes out is encrypted. Called by the writer.
    void seal(FrameCipher cipher) {
        seals = cipher;
    }

    /// A frame that came in, decrypted; empty when it was not made by the client for this place.
    Optional<byte[]> opened(byte[] frame) {
        FrameCipher cipher = opens;
        if (cipher == null || frame.length < FrameCipher.OVERHEAD) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipher.next(frame));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
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

    /// How long a message may be as JSON to fit into a write for sure.
    int room(FrameBuffer out) {
        return encoding.binary() ? free(out) / LARGEST_GROWTH : free(out);
    }

    /// How many bytes a frame may have to fit into a write, header included.
    int free(FrameBuffer out) {
        return seals == null ? out.room() : out.room() - FrameCipher.OVERHEAD;
    }

    /// Adds a frame to a write.
    ///
    /// @return false when it does not fit
    boolean add(FrameBuffer out, Frame frame) {
        FrameCipher cipher = seals;
        if (cipher != null) {
            return sealed(out, frame, cipher);
        }
        return frame.binary() ? out.binary(frame.bytes()) : out.text(frame.bytes());
    }

    /// Adds a frame that other connections send as well.
    ///
    /// @return false when it does not fit
    boolean share(FrameBuffer out, Frame frame) {
        FrameCipher cipher = seals;
        if (cipher != null) {
            return sealed(out, frame, cipher);
        }
        return frame.binary() ? out.sharedBinary(frame.bytes()) : out.sharedText(frame.bytes());
    }

    /// A frame is sealed when it is certain to go out: its count must not be used twice.
    private static boolean sealed(FrameBuffer out, Frame frame, FrameCipher cipher) {
        if (!out.fits(frame.bytes().length + FrameCipher.OVERHEAD)) {
            return false;
        }
        try {
            return out.incompressible(cipher.next(frame.bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a frame cannot be encrypted", e);
        }
    }
}

package io.netsentinel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One connection. Frames are asked for as those before are dealt with, so what a client cannot
/// take stays in the network and with the server.
final class Link implements WebSocket.Listener {
    /// RFC 6455: what cannot be understood.
    private static final int MALFORMED = 1007;

    private static final int TOO_LARGE = 1009;
    private static final int ABNORMAL = 1006;

    /// Frames that may be read before the one before them is dealt with. The JDK drops a frame
    /// nobody has asked for when the connection breaks behind it: it could be the server's
    /// farewell.
    private static final int AHEAD = 2;

    /// Messages under way to a server that takes none.
    private static final int UNSENT = 4_096;

    /// All that is taken from a server before it has agreed on keys.
    private static final Set<String> IN_THE_OPEN = Set.of("encrypted", "error", "disconnect");

    private final Engine engine;
    private final boolean binary;
    private final Optional<Secrecy> secrecy;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicInteger unsent = new AtomicInteger();
    private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    private volatile @Nullable WebSocket socket;
    private volatile boolean closing;
    private volatile long heard = System.nanoTime();

    /// @param binary whether commands go out as MessagePack
    /// @param secrecy present when messages are to be encrypted
    Link(Engine engine, boolean binary, Optional<Secrecy> secrecy) {
        this.engine = engine;
        this.binary = binary;
        this.secrecy = secrecy;
    }

    /// The encryption of its messages, when that is wanted.
    Optional<Secrecy> secrecy() {
        return secrecy;
    }

    /// When something came last, on the clock of [System#nanoTime()].
    long heard() {
        return heard;
    }

    /// Asks for the next frame.
    void more() {
        WebSocket open = socket;
        if (open != null) {
            open.request(1);
        }
    }

    /// Called by the engine's thread alone: what is sent first arrives first.
    void send(ObjectNode message) {
        WebSocket open = socket;
        if (open == null) {
            return;
        }
        if (unsent.incrementAndGet() > UNSENT) {
            lost(ABNORMAL, "the server takes nothing");
            return;
        }
        last =
                last.thenCompose(_ -> write(open, message))
                        .whenComplete((_, failure) -> {
                            unsent.decrementAndGet();
                            if (failure != null) {
                                lost(ABNORMAL, "cannot send");
                            }
                        });
    }

    private CompletableFuture<WebSocket> write(WebSocket open, ObjectNode message) {
        if (secrecy.filter(Secrecy::agreed).isPresent()) {
            byte[] plain =
                    binary
                            ? MessagePack.write(message)
                            : message.toString().getBytes(StandardCharsets.UTF_8);
            return open.sendBinary(ByteBuffer.wrap(secrecy.get().seal(plain)), true);
        }
        return binary
                ? open.sendBinary(ByteBuffer.wrap(MessagePack.write(message)), true)
                : open.sendText(message.toString(), true);
    }

    /// Says goodbye and lets go of the socket soon, whatever the server does.
    ///
    /// @return when it is gone
    CompletableFuture<?> close(int code, String reason) {
        WebSocket open = socket;
        if (open == null) {
            return CompletableFuture.completedFuture(null);
        }
        return last.thenCompose(_ -> open.sendClose(code, reason))
                .orTimeout(1, TimeUnit.SECONDS)
                .handle((_, _) -> {
                    open.abort();
                    return null;
                });
    }

    /// Lets go of the socket: at once, or after the moment that the answer to the server's close
    /// frame needs.
    void abort() {
        WebSocket open = socket;
        if (open == null) {
            return;
        }
        if (closing) {
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(open::abort);
        } else {
            open.abort();
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        heard = System.nanoTime();
        engine.post(() -> engine.opened(this));
        opened.request(AHEAD);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean end) {
        heard = System.nanoTime();
        if (text.length() + part.length() > Frames.MOST) {
            lost(TOO_LARGE, "a frame of more than " + Frames.MOST + " characters");
            return null;
        }
        text.append(part);
        if (!end) {
            from.request(1);
            return null;
        }
        String frame = text.toString();
        text.setLength(0);
        text.trimToSize();
        if (secrecy.filter(Secrecy::agreed).isPresent()) {
            lost(MALFORMED, "a frame in the open on an encrypted connection");
            return null;
        }
        deliver(() -> Frames.text(frame), frame.length());
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean end) {
        heard = System.nanoTime();
        if (bytes.size() + part.remaining() > Frames.MOST) {
            lost(TOO_LARGE, "a frame of more than " + Frames.MOST + " bytes");
            return null;
        }
        byte[] piece = new byte[part.remaining()];
        part.get(piece);
        bytes.writeBytes(piece);
        if (!end) {
            from.request(1);
            return null;
        }
        byte[] frame = bytes.toByteArray();
        bytes.reset();
        deliver(
                () -> Frames.binary(secrecy.isPresent() ? secrecy.get().open(frame) : frame),
                frame.length);
        return null;
    }

    private interface Decoding {
        List<ObjectNode> messages() throws Frames.MalformedException;
    }

    private void deliver(Decoding frame, int size) {
        try {
            boolean open = secrecy.isPresent() && !secrecy.get().agreed();
            List<ObjectNode> messages = open ? beforeKeys(frame.messages()) : frame.messages();
            engine.post(() -> engine.frame(this, messages, size));
        } catch (Frames.MalformedException e) {
            lost(MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /// Whatever else somebody on the way may put in is passed over. The keys are taken here, before
    /// the next frame is looked at.
    private List<ObjectNode> beforeKeys(List<ObjectNode> messages)
            throws Frames.MalformedException {
        List<ObjectNode> taken =
                messages.stream()
                        .filter(one -> IN_THE_OPEN.contains(one.path("type").asText()))
                        .toList();
        for (ObjectNode one : taken) {
            if (one.path("type").asText().equals("encrypted")) {
                secrecy.orElseThrow().accept(one);
            }
        }
        return taken;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        heard = System.nanoTime();
        from.request(1); // the JDK answers it
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        heard = System.nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closing = true;
        lost(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        lost(ABNORMAL, "connection broken: " + error.getClass().getSimpleName());
    }

    private void lost(int code, String reason) {
        engine.post(() -> engine.lost(this, code, reason));
    }

    static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}

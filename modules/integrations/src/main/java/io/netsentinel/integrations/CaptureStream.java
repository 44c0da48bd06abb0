package io.netsentinel.integrations;

import io.netsentinel.events.Event;
import io.netsentinel.integrations.pcap.AddressTexts;
import io.netsentinel.integrations.pcap.Capture;
import io.netsentinel.integrations.pcap.CaptureSink;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Routed;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The events of a pcap or pcapng file, one after the other: each packet, and each flow when it has
/// ended. For one thread.
public final class CaptureStream implements AutoCloseable {
    private static final int ENOUGH = 4;
    private static final int AT_ONCE = 1_000;
    private static final List<Integer> BEGINNINGS =
            List.of(
                    0xA1B2C3D4,
                    0xD4C3B2A1,
                    0xA1B23C4D,
                    0x4D3CB2A1,
                    0xA1B2CD34,
                    0x34CDB2A1,
                    0x0A0D0D0A);

    private final InputStream in;
    private final LineContext context;
    private final Capture capture;
    private final Deque<Event> events = new ArrayDeque<>();
    private final byte[] buffer = new byte[Capture.PIECE];
    private int length;
    private long skip;
    private boolean over;
    private String note = "";

    /// @param in is closed with this
    /// @param file its name, which stands in the events
    /// @param source name of the sensor that is to stand there
    public CaptureStream(InputStream in, String file, String source) {
        this.in = in;
        this.context = LineContext.of(source, Instant.now());
        this.capture = new Capture(file, true, Capture.MOST_FLOWS, new AddressTexts(), new Sink());
        capture.begin(0, 0);
    }

    /// Whether a file that begins like this is a capture.
    public static boolean begins(byte[] head) {
        return head.length >= ENOUGH
                && BEGINNINGS.contains(java.nio.ByteBuffer.wrap(head).getInt());
    }

    /// The next event; empty at the end.
    ///
    /// @throws IOException when it cannot be read
    public Optional<Event> next() throws IOException {
        while (events.isEmpty() && !over) {
            read();
        }
        if (events.isEmpty() && capture.openFlows() > 0) {
            var _ = capture.end(AT_ONCE);
        }
        return Optional.ofNullable(events.poll());
    }

    /// What is wrong with the file as far as it was read; empty when nothing is.
    public String note() {
        return note;
    }

    private void read() throws IOException {
        if (skip > 0) {
            // read over in pieces: what is there may be less than what a block says
            int passed = in.read(buffer, 0, (int) Math.min(skip, buffer.length));
            skip -= Math.max(0, passed);
            if (passed < 0) {
                end("the file ends within a block");
            }
            return;
        }
        int count = in.readNBytes(buffer, length, buffer.length - length);
        length += count;
        long before = capture.position();
        capture.feed(buffer, length);
        long taken = capture.position() - before;
        if (taken > length) {
            // a block that is passed over goes on behind what was read
            skip = taken - length;
            length = 0;
        } else {
            System.arraycopy(buffer, (int) taken, buffer, 0, length - (int) taken);
            length -= (int) taken;
        }
        if (!capture.broken().isEmpty()) {
            end(capture.broken() + "; the rest is not read");
        } else if (count == 0 && skip == 0) {
            end(length > 0 ? "the file ends within a packet" : "");
        }
    }

    private void end(String why) {
        over = true;
        if (note.isEmpty()) {
            note = why;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private final class Sink implements CaptureSink {
        @Override
        public LineContext context() {
            return context;
        }

        @Override
        public void event(Routed event) {
            events.add(event.event());
        }

        @Override
        public void damaged(String reason, long number) {
            if (note.isEmpty()) {
                note = "packet " + number + ": " + reason;
            }
        }

        @Override
        public boolean took(long end) {
            return true;
        }
    }
}

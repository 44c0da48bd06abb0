package io.netsentinel.integrations.pcap;

import java.util.Optional;

/// One capture file on its way to becoming events. What was read of it before a restart is read
/// again in silence, for the interfaces it describes and the flows that have not ended; the same
/// bytes make the same flows end at the same places, so none is told twice.
public final class Capture {
    /// A piece of a file must have room for the longest record.
    public static final int PIECE = RecordReader.PIECE;

    /// How many flows of a file are held usually.
    public static final int MOST_FLOWS = 65_536;

    private final CaptureSink sink;
    private final boolean packets;
    private final CaptureEvents events;
    private final RecordReader reader = new RecordReader(new Records());
    private final Packet packet = new Packet();
    private final FlowTable flows;

    /// Up to here it is read in silence.
    private long silentTo;

    /// Up to here all flows were ended when the file seemed to be over.
    private long endedAt;

    private long position;
    private long number;
    private long crowded;
    private boolean skipping;

    /// Somewhere in the record that is being read.
    private long reading;

    /// @param file its name
    /// @param packets whether each packet becomes an event, or only the flows
    /// @param mostFlows how many flows are held at most
    /// @param texts may be those of other captures that are read by the same thread
    public Capture(
            String file, boolean packets, int mostFlows, AddressTexts texts, CaptureSink sink) {
        this.sink = sink;
        this.packets = packets;
        this.events = new CaptureEvents(file, texts);
        this.flows = new FlowTable(mostFlows, this::ended);
    }

    /// Begins at the beginning of the file.
    ///
    /// @param told position up to which everything was told before
    /// @param ended position up to which flows were ended before
    public void begin(long told, long ended) {
        reader.reset();
        silentTo = told;
        endedAt = ended;
        position = 0;
        number = 0;
        reading = 0;
    }

    /// Reads the whole records of a piece of the file.
    ///
    /// @param length at most [#PIECE] bytes, from [#position()] on
    public void feed(byte[] bytes, int length) {
        position += reader.read(bytes, 0, length, position);
    }

    /// Where the next piece must begin: behind the last whole record.
    public long position() {
        return position;
    }

    /// How many packets were read of the file.
    public long packets() {
        return number;
    }

    /// Why nothing more of the file can be read; empty while it can.
    public String broken() {
        return reader.broken();
    }

    /// How many flows have not ended.
    public int openFlows() {
        return flows.size();
    }

    /// How many flows were ended early because there were too many, since this was asked last.
    public long crowded() {
        long count = crowded;
        crowded = 0;
        return count;
    }

    /// The file is over for now: ends all its flows. If it goes on after all, so do they as others.
    public void end() {
        var _ = end(Integer.MAX_VALUE);
    }

    /// Does a part of that: ends so many flows at most.
    ///
    /// @return how many; when none are left the file is over
    public int end(int most) {
        reading = position;
        int count = flows.endSome(most);
        if (flows.size() == 0) {
            endedAt = position;
        }
        return count;
    }

    /// Ends so many flows that were told before.
    public void skip(int count) {
        skipping = true;
        var _ = flows.endSome(count);
        skipping = false;
    }

    private void ended(Flow flow, Flow.End why) {
        if (silent()) {
            return;
        }
        if (why == Flow.End.TABLE_FULL) {
            crowded++;
        }
        sink.event(events.flow(flow, why, sink.context()));
    }

    /// Whether the record that is being read was told before.
    private boolean silent() {
        return skipping || reading < silentTo;
    }

    private final class Records implements RecordSink {
        @Override
        public boolean packet(
                byte[] bytes,
                int offset,
                int captured,
                long original,
                long nanos,
                int linkType,
                long end) {
            number++;
            reading = end - 1;
            if (end <= endedAt) {
                return true;
            }
            packet.clear();
            packet.nanos = nanos;
            packet.captured = captured;
            packet.length = original;
            PacketDecoder.decode(bytes, offset, captured, linkType, packet);
            Optional<Flow> flow = packet.ip ? Optional.of(flows.add(packet)) : Optional.empty();
            if (silent()) {
                return true;
            }
            if (packets) {
                String communityId = flow.map(Flow::communityId).orElse("");
                sink.event(events.packet(packet, number, communityId, sink.context()));
            }
            return sink.took(end);
        }

        @Override
        public boolean damaged(String reason, long end) {
            number++;
            reading = end - 1;
            if (silent()) {
                return true;
            }
            sink.damaged(reason, number);
            return sink.took(end);
        }
    }
}

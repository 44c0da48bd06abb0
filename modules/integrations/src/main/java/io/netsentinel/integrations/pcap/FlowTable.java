package io.netsentinel.integrations.pcap;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The flows of one file that have not ended, at most so many. Times are those of the packets, so
/// the same packets always make the same flows end at the same places.
final class FlowTable {
    private static final int MOST_AT_ONCE = 250;
    private static final int FIRST_SIZE = 1 << 6;

    private final int most;
    private final Ended ended;
    private final Map<FlowQueue, Line> lines = new EnumMap<>(FlowQueue.class);
    private @Nullable Flow[] table = new Flow[FIRST_SIZE];
    private int size;
    private long now;

    /// Hears of flows that have ended.
    interface Ended {
        void ended(Flow flow, Flow.End why);
    }

    /// Flows in the order they were seen.
    private static final class Line {
        private @Nullable Flow oldest;
        private @Nullable Flow newest;

        void add(Flow flow) {
            flow.older = newest;
            flow.newer = null;
            if (newest == null) {
                oldest = flow;
            } else {
                newest.newer = flow;
            }
            newest = flow;
        }

        void remove(Flow flow) {
            if (flow.older == null) {
                oldest = flow.newer;
            } else {
                flow.older.newer = flow.newer;
            }
            if (flow.newer == null) {
                newest = flow.older;
            } else {
                flow.newer.older = flow.older;
            }
        }
    }

    /// @param most how many flows are held; beyond it those that were silent longest are ended
    FlowTable(int most, Ended ended) {
        this.most = most;
        this.ended = ended;
        for (FlowQueue queue : FlowQueue.values()) {
            lines.put(queue, new Line());
        }
    }

    int size() {
        return size;
    }

    /// Adds a packet with addresses to its flow.
    Flow add(Packet packet) {
        if (packet.nanos != RecordReader.NO_TIME) {
            now = Math.max(now, packet.nanos);
            expire();
        }
        int hash = FlowKey.hash(packet);
        Flow flow = find(packet, hash);
        if (flow != null && flow.closed() && packet.tcp(Packet.SYN) && !packet.tcp(Packet.ACK)) {
            // the same ports, taken again
            end(flow, flow.closedBy());
            flow = null;
        }
        if (flow == null) {
            flow = begin(packet, hash);
        }
        flow.add(packet, flow.forward(packet));
        seen(flow);
        return flow;
    }

    private @Nullable Flow find(Packet packet, int hash) {
        for (Flow flow = table[hash & (table.length - 1)]; flow != null; flow = flow.chained) {
            if (flow.hash == hash
                    && flow.protocol == packet.protocol
                    && (flow.forward(packet) || flow.backward(packet))) {
                return flow;
            }
        }
        return null;
    }

    private Flow begin(Packet packet, int hash) {
        if (size >= most) {
            makeRoom();
        }
        if (size >= table.length) {
            grow();
        }
        Flow flow = new Flow(packet, hash);
        put(flow);
        size++;
        return flow;
    }

    private void put(Flow flow) {
        int place = flow.hash & (table.length - 1);
        flow.chained = table[place];
        table[place] = flow;
    }

    private void grow() {
        @Nullable Flow[] old = table;
        table = new Flow[old.length * 2];
        for (Flow head : old) {
            Flow flow = head;
            while (flow != null) {
                Flow next = flow.chained;
                put(flow);
                flow = next;
            }
        }
    }

    private void seen(Flow flow) {
        if (flow.queue != FlowQueue.NONE) {
            line(flow.queue).remove(flow);
        }
        flow.seen = now;
        flow.queue = FlowQueue.of(flow);
        line(flow.queue).add(flow);
    }

    private Line line(FlowQueue queue) {
        Line line = lines.get(queue);
        if (line == null) {
            throw new IllegalStateException("there is a line for each queue");
        }
        return line;
    }

    /// Not more at once than a commit can take: the rest ends with the packets that follow.
    private void expire() {
        int left = MOST_AT_ONCE;
        for (FlowQueue queue : FlowQueue.values()) {
            Line line = line(queue);
            for (Flow flow = line.oldest;
                    flow != null && now - flow.seen > queue.nanos() && left > 0;
                    flow = line.oldest) {
                left--;
                end(flow, why(flow, Flow.End.TIMEOUT));
            }
        }
    }

    private static Flow.End why(Flow flow, Flow.End otherwise) {
        return flow.closed() ? flow.closedBy() : otherwise;
    }

    private void makeRoom() {
        Flow closed = line(FlowQueue.CLOSED).oldest;
        Flow other = line(FlowQueue.OTHER).oldest;
        Flow tcp = line(FlowQueue.TCP).oldest;
        if (closed != null) {
            end(closed, closed.closedBy());
        } else if (other != null && (tcp == null || other.seen <= tcp.seen)) {
            end(other, Flow.End.TABLE_FULL);
        } else if (tcp != null) {
            end(tcp, Flow.End.TABLE_FULL);
        }
    }

    /// Ends flows because the file is over, at most so many, always in the same order.
    ///
    /// @return how many
    int endSome(int most) {
        int count = 0;
        for (FlowQueue queue : FlowQueue.values()) {
            Line line = line(queue);
            for (Flow flow = line.oldest; flow != null && count < most; flow = line.oldest) {
                end(flow, why(flow, Flow.End.END_OF_FILE));
                count++;
            }
        }
        if (size == 0) {
            now = 0;
        }
        return count;
    }

    private void end(Flow flow, Flow.End why) {
        line(flow.queue).remove(flow);
        int place = flow.hash & (table.length - 1);
        Flow before = null;
        for (Flow at = table[place]; at != null && at != flow; at = at.chained) {
            before = at;
        }
        if (before == null) {
            table[place] = flow.chained;
        } else {
            before.chained = flow.chained;
        }
        size--;
        ended.ended(flow, why);
    }
}

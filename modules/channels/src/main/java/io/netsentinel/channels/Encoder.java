package io.netsentinel.channels;

import io.netsentinel.channels.spi.Codec;
import io.netsentinel.channels.spi.RecordView;
import io.netsentinel.queuing.LogRecord;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;

/// Makes the bytes of one view out of records.
final class Encoder {
    private static final Logger LOG = System.getLogger(Encoder.class.getName());
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    /// Bytes of one frame of several events. Large enough that frames cost little, small enough
    /// that several channels share one socket write.
    static final int FRAME = 16 << 10;

    /// Most records looked at for one frame, so that a filter that lets little through does not
    /// keep a connection's writer.
    private static final int SCAN = 2_000;

    /// About what stands around a payload.
    private static final int ENVELOPE = 160;

    /// Bytes to begin with: few where a filter may leave nothing, and not too many for a large
    /// event.
    private static final int SMALL_START = 1 << 10;

    private static final int LARGEST_START = 24 << 10;

    private final ViewKey key;
    private final Selection selection;
    private final Codec codec;
    private final Encoding encoding;
    private final Envelope envelope;

    Encoder(ViewKey key, Codec codec) {
        this.key = key;
        this.selection = key.selection();
        this.codec = codec;
        this.encoding = key.encoding();
        this.envelope = encoding.envelope(key.channel(), key.label(), codec.member());
    }

    Envelope envelope() {
        return envelope;
    }

    /// Whether some events may not match.
    boolean selective() {
        return !selection.open();
    }

    /// Encodes from a position on: as many matching events as fit into a frame, at least the first
    /// one, as far as `source` reaches without a hole.
    ///
    /// @param after position to begin at, covered by `source`
    /// @param prev `prev` of the first element
    /// @param until offset not to pass
    /// @param limit bytes of a frame
    EncodedBatch encode(Ranges<RawBatch> source, long after, long prev, long until, int limit) {
        RawBatch batch = source.covering(after);
        if (batch.missing().isPresent()) {
            return EncodedBatch.hole(after, batch.to(), batch.missing().get());
        }
        Work work = new Work(after, prev, Math.min(limit, FRAME), room(batch, after));
        while (!work.full && work.scanned < SCAN && batch.covers(work.to) && work.to < until) {
            encode(batch, until, work);
            batch = source.covering(work.to);
            if (batch.missing().isPresent()) {
                break;
            }
        }
        return work.batch();
    }

    /// Bytes to begin with: what is there, or a frame and the element that does not fit into it.
    private int room(RawBatch batch, long after) {
        if (selective()) {
            return SMALL_START;
        }
        int bytes = ENVELOPE;
        for (int i = batch.indexAfter(after); i < batch.records().size() && bytes < FRAME; i++) {
            bytes += batch.records().get(i).payload().length + ENVELOPE;
        }
        return Math.min(bytes, LARGEST_START);
    }

    private void encode(RawBatch batch, long until, Work work) {
        RecordView[] views = batch.views(key.channel());
        for (int i = batch.indexAfter(work.to); i < views.length; i++) {
            LogRecord event = batch.records().get(i);
            if (event.offset() > until || work.scanned >= SCAN) {
                return;
            }
            if (selection.passes(views[i]) && !work.add(event, value(views[i]))) {
                return;
            }
            work.to = event.offset();
            work.scanned++;
        }
    }

    private byte[] value(RecordView event) {
        try {
            return encoding.of(key.fields().apply(codec.encode(event, key.format())));
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    () ->
                            "cannot encode event "
                                    + event.offset()
                                    + " of channel "
                                    + key.channel()
                                    + " as "
                                    + key.format(),
                    e);
            return encoding.of(NULL);
        }
    }

    /// One batch in the making.
    private final class Work {
        private final long after;
        private final long firstPrev;
        private final int limit;
        private final Bytes out;
        private long[] offsets = new long[8];
        private int[] starts = new int[8];
        private long[] expiries = {};
        private int count;
        private long newest;
        private long to;
        private int scanned;
        private boolean full;

        Work(long after, long prev, int limit, int room) {
            this.after = after;
            this.firstPrev = prev;
            this.limit = limit;
            this.to = after;
            this.out = new Bytes(room).skip(encoding.head());
        }

        /// Adds an element unless the frame is full.
        boolean add(LogRecord event, byte[] value) {
            int before = out.length();
            if (count > 0 && encoding.separator() > 0) {
                out.put(',');
            }
            int start = out.length();
            envelope.write(out, event, count == 0 ? firstPrev : offsets[count - 1], value);
            if (count > 0 && out.length() >= limit) {
                out.cut(before);
                full = true;
                return false;
            }
            note(event, start);
            return true;
        }

        private void note(LogRecord event, int start) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, count * 2);
                starts = Arrays.copyOf(starts, count * 2);
                expiries = expiries.length == 0 ? expiries : Arrays.copyOf(expiries, count * 2);
            }
            offsets[count] = event.offset();
            newest = event.time();
            starts[count] = start;
            if (event.expires() != 0 && expiries.length == 0) {
                expiries = new long[offsets.length];
            }
            if (expiries.length > 0) {
                expiries[count] = event.expires();
            }
            count++;
        }

        EncodedBatch batch() {
            if (count == 0) {
                return EncodedBatch.empty(after, to, firstPrev);
            }
            boolean single = count == 1;
            if (single) {
                starts[0] = 0;
            } else {
                out.skip(encoding.tail());
            }
            byte[] bytes = out.from(single ? encoding.head() : 0);
            if (!single) {
                encoding.frame(bytes, count);
            }
            return EncodedBatch.of(
                    new EncodedBatch.Content(
                            after,
                            firstPrev,
                            encoding,
                            bytes,
                            Arrays.copyOf(offsets, count),
                            Arrays.copyOf(starts, count),
                            expiries.length == 0 ? expiries : Arrays.copyOf(expiries, count),
                            newest),
                    to);
        }
    }
}

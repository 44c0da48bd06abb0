package io.netsentinel.websocket;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Compressed forms of payloads that many connections send at about the same time. Whoever comes
/// first compresses, the others wait for it. Found by the array itself, not by what is in it; the
/// one used longest ago is forgotten first.
final class SharedPayloads {
    private static final int OVERHEAD = 200;

    private final long maximum;
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /// @param maximum bytes of payloads remembered; their compressed forms come on top
    SharedPayloads(long maximum) {
        this.maximum = maximum;
    }

    /// @param payload never changed
    /// @param compress makes its compressed form
    byte[] compressed(byte[] payload, UnaryOperator<byte[]> compress) {
        return entry(payload).compressed(compress);
    }

    synchronized int size() {
        return entries.size();
    }

    private synchronized Entry entry(byte[] payload) {
        Key key = new Key(payload);
        Entry known = entries.get(key);
        if (known != null) {
            return known;
        }
        Entry made = new Entry(payload);
        entries.put(key, made);
        bytes += payload.length + OVERHEAD;
        Iterator<Map.Entry<Key, Entry>> eldest = entries.entrySet().iterator();
        while (bytes > maximum && eldest.hasNext()) {
            bytes -= eldest.next().getKey().payload().length + OVERHEAD;
            eldest.remove();
        }
        return made;
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by identity, which is what is meant
    private record Key(byte[] payload) {}

    private static final class Entry {
        private final byte[] payload;
        private byte @Nullable [] compressed;

        private Entry(byte[] payload) {
            this.payload = payload;
        }

        private synchronized byte[] compressed(UnaryOperator<byte[]> compress) {
            byte[] made = compressed;
            if (made == null) {
                made = compress.apply(payload);
                compressed = made;
            }
            return made;
        }
    }
}

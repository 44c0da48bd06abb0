package io.netsentinel.channels;

import io.netsentinel.events.MessagePack;

/// How messages are written: the same members and values, in text or in fewer bytes.
public enum Encoding {
    /// JSON, in text frames.
    JSON(1, 1, 1) {
        @Override
        public byte[] of(byte[] json) {
            return json;
        }

        @Override
        Envelope envelope(String channel, String label, String member) {
            return new JsonEnvelope(channel, label, member);
        }

        @Override
        void frame(byte[] target, int count) {
            target[0] = '[';
            target[target.length - 1] = ']';
        }
    },
    /// MessagePack, in binary frames.
    MSGPACK(3, 0, 0) {
        @Override
        public byte[] of(byte[] json) {
            return MessagePack.fromJson(json);
        }

        @Override
        Envelope envelope(String channel, String label, String member) {
            return new PackedEnvelope(channel, label, member);
        }

        @Override
        void frame(byte[] target, int count) {
            target[0] = (byte) 0xDC;
            target[1] = (byte) (count >> 8);
            target[2] = (byte) count;
        }
    };

    private final int head;
    private final int separator;
    private final int tail;

    Encoding(int head, int separator, int tail) {
        this.head = head;
        this.separator = separator;
        this.tail = tail;
    }

    /// A message or value that is there as JSON, in this encoding.
    public abstract byte[] of(byte[] json);

    /// Whether frames are binary.
    public boolean binary() {
        return this == MSGPACK;
    }

    abstract Envelope envelope(String channel, String label, String member);

    /// Makes a list of elements a frame: writes what stands before the first one and after the last
    /// one into the bytes left free for it.
    abstract void frame(byte[] target, int count);

    /// Bytes before the first of several elements.
    int head() {
        return head;
    }

    /// Bytes between two elements.
    int separator() {
        return separator;
    }

    /// Bytes after the last of several elements.
    int tail() {
        return tail;
    }
}

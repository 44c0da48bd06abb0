package io.netsentinel.channels;

import io.netsentinel.channels.spi.Codec;
import io.netsentinel.channels.spi.RecordView;

/// The stored JSON as it is.
final class JsonCodec implements Codec {
    static final String FORMAT = "json";

    @Override
    public String member() {
        return "data";
    }

    @Override
    public boolean supports(String format) {
        return FORMAT.equals(format);
    }

    @Override
    public byte[] encode(RecordView record, String format) {
        return record.payload();
    }
}

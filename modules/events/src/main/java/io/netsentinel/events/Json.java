package io.netsentinel.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/// The JSON parsers of the house, with limits for input nobody trusts: numbers of 100 digits,
/// strings of 1 MiB, names of 64 KiB, documents of 16 MiB.
public final class Json {
    private static final int MAX_NUMBER = 100;
    private static final int MAX_STRING = 1 << 20;
    private static final int MAX_NAME = 1 << 16;
    private static final long MAX_DOCUMENT = 16L << 20;

    private static final JsonFactory SENSORS = factory(64).build();

    /// With buffers that parsers take from a pool: kept for each thread, as is usual, they would
    /// cost every connection, which is a thread, 24 KB while it says nothing.
    private static final JsonFactory CLIENTS =
            factory(32)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                    .build();

    private Json() {}

    /// For lines of sensors: nested up to 64 deep.
    public static JsonFactory sensors() {
        return SENSORS;
    }

    /// For messages of clients: nested up to 32 deep, a doubled key is an error.
    public static JsonFactory clients() {
        return CLIENTS;
    }

    private static JsonFactoryBuilder factory(int depth) {
        StreamReadConstraints limits =
                StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNumberLength(MAX_NUMBER)
                        .maxStringLength(MAX_STRING)
                        .maxNameLength(MAX_NAME)
                        .maxDocumentLength(MAX_DOCUMENT)
                        .build();
        return new JsonFactoryBuilder().streamReadConstraints(limits);
    }
}

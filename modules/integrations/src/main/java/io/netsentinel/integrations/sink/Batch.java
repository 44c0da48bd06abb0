package io.netsentinel.integrations.sink;

import io.netsentinel.integrations.spi.SinkRecord;
import io.netsentinel.queuing.Hole;
import java.util.List;

/// A piece of a channel.
///
/// @param channel the channel
/// @param epoch the epoch of its offsets
/// @param to its last offset, whether or not there is a record of it
/// @param records what is to be sent of it
/// @param missing what of it is gone
/// @param filtered how many records of it are not to be sent
/// @param last whether nothing came after it when it was read
record Batch(
        String channel,
        String epoch,
        long to,
        List<SinkRecord> records,
        List<Hole> missing,
        int filtered,
        boolean last) {}

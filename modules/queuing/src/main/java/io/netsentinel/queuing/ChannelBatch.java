package io.netsentinel.queuing;

import java.util.List;

/// The events one commit added to one channel.
///
/// @param channel its name
/// @param epoch its current epoch
/// @param records the new events, ascending and without holes
public record ChannelBatch(String channel, String epoch, List<LogRecord> records) {

    /// Copies the list.
    public ChannelBatch {
        records = List.copyOf(records);
    }
}

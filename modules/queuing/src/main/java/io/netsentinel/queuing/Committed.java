package io.netsentinel.queuing;

import java.util.List;

/// One committed group.
///
/// @param batches one per channel that got events
public record Committed(List<ChannelBatch> batches) {

    /// Copies the list.
    public Committed {
        batches = List.copyOf(batches);
    }
}

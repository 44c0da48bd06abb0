package io.netsentinel.channels;

import io.netsentinel.queuing.LogRecord;
import java.util.List;

/// Part of a channel, in order.
///
/// @param records what there is of it; what is gone from the log is left out
/// @param reached the offset after which the channel goes on
public record Stretch(List<LogRecord> records, long reached) {}

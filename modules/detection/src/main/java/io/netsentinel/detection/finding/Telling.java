package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Detector;
import io.netsentinel.queuing.Entry;
import java.util.List;
import java.util.Map;

/// A detector that tells of more than findings, on channels of its own choice.
public interface Telling extends Detector {

    /// Whether there is something that should not wait for the next regular commit.
    boolean urgent();

    /// What there is to tell, to be committed as one with how far the channels were looked at.
    ///
    /// @param progress how far that is, by channel
    /// @param end whether the server stops
    List<Entry> changes(Map<String, Long> progress, boolean end);
}

package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Detector;
import io.netsentinel.queuing.Entry;
import java.util.List;
import java.util.Map;

/// A detector whose state reaches further back than can be read again at a start. It tells of its
/// state on a channel, and finds it there again.
public interface Keeping extends Detector {

    /// Takes up the state that was told last. Called once, before anything is seen.
    void restore();

    /// The offset of a channel up to which its state has everything; it is handed what comes after.
    long reached(String channel);

    /// Whether there is something that should not wait for the next regular commit.
    boolean urgent();

    /// What there is to tell, to be committed as one with how far the channels were looked at.
    ///
    /// @param progress how far that is, by channel
    /// @param end whether the server stops
    List<Entry> changes(Map<String, Long> progress, boolean end);
}

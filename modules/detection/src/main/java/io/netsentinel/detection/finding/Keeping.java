package io.netsentinel.detection.finding;

/// A detector whose state reaches further back than can be read again at a start. It tells of its
/// state on a channel, and finds it there again.
public interface Keeping extends Telling {

    /// Takes up the state that was told last. Called once, before anything is seen.
    void restore();

    /// The offset of a channel up to which its state has everything; it is handed what comes after.
    long reached(String channel);
}

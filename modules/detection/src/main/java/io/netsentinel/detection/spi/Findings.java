package io.netsentinel.detection.spi;

/// Takes what a detector finds.
public interface Findings {
    /// Whether a finding with this key is already told, so that its rule need not be worked out
    /// again; what happened at this time is then part of it.
    ///
    /// @param at milliseconds since 1970
    boolean covers(Detector detector, String key, long at);

    /// Tells of a finding, unless one with its key covers its time.
    void report(Detector detector, Finding finding);
}

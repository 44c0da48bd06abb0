package io.netsentinel.integrations.pcap;

/// Takes what a [RecordReader] finds.
interface RecordSink {
    /// A packet as it was captured.
    ///
    /// @param bytes holds it; not to be kept or changed
    /// @param captured how many bytes of it there are
    /// @param original how long it was on the wire
    /// @param nanos when, nanoseconds since 1970; [RecordReader#NO_TIME] when the file does not say
    /// @param linkType what it begins with
    /// @param end position in the file after it
    /// @return false when no more can be taken now
    boolean packet(
            byte[] bytes,
            int offset,
            int captured,
            long original,
            long nanos,
            int linkType,
            long end);

    /// A record that cannot be read; those after it can.
    ///
    /// @param reason fit to be shown
    /// @param end position in the file after it
    /// @return false when no more can be taken now
    boolean damaged(String reason, long end);
}

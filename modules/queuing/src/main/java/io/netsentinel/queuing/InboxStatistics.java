package io.netsentinel.queuing;

/// Direct messages since the start, and now.
///
/// @param clients clients remembered
/// @param messages messages kept
/// @param bytes bytes of their data
/// @param accepted messages taken
/// @param refused messages refused because a limit was reached
/// @param acknowledged messages acknowledged by their client
/// @param expired messages whose time was over before they were acknowledged
/// @param purged messages removed by an administrator, or with the connection they were for
/// @param forgotten clients forgotten because they did not come back
public record InboxStatistics(
        int clients,
        int messages,
        long bytes,
        long accepted,
        long refused,
        long acknowledged,
        long expired,
        long purged,
        long forgotten) {}

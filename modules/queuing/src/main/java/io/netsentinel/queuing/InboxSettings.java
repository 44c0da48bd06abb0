package io.netsentinel.queuing;

import java.time.Duration;

/// What direct messages may take.
///
/// @param messagesPerClient messages kept for one client
/// @param messages messages kept for all clients together
/// @param bytes bytes of all of them
/// @param clientsPerUser clients of one user that are remembered
/// @param clients clients that are remembered altogether
/// @param ttl how long a message is kept that does not say so itself
public record InboxSettings(
        int messagesPerClient,
        int messages,
        long bytes,
        int clientsPerUser,
        int clients,
        Duration ttl) {

    /// @throws IllegalArgumentException when a value is not positive
    public InboxSettings {
        if (messagesPerClient < 1
                || messages < 1
                || bytes < 1
                || clientsPerUser < 1
                || clients < 1
                || !ttl.isPositive()) {
            throw new IllegalArgumentException("limits of direct messages must be positive");
        }
    }

    /// 1,000 for a client, 100,000 and 64 MiB altogether, 1,000 clients of a user, 100,000 clients,
    /// seven days.
    public static InboxSettings defaults() {
        return new InboxSettings(1_000, 100_000, 64L << 20, 1_000, 100_000, Duration.ofDays(7));
    }

    /// The same with another limit for one client.
    public InboxSettings withMessagesPerClient(int most) {
        return new InboxSettings(most, messages, bytes, clientsPerUser, clients, ttl);
    }

    /// The same with other limits for all clients together.
    public InboxSettings withTotal(int mostMessages, long mostBytes) {
        return new InboxSettings(
                messagesPerClient, mostMessages, mostBytes, clientsPerUser, clients, ttl);
    }

    /// The same with other limits for remembered clients.
    public InboxSettings withClients(int perUser, int altogether) {
        return new InboxSettings(messagesPerClient, messages, bytes, perUser, altogether, ttl);
    }

    /// The same with another time to live.
    public InboxSettings withTtl(Duration usual) {
        return new InboxSettings(
                messagesPerClient, messages, bytes, clientsPerUser, clients, usual);
    }
}

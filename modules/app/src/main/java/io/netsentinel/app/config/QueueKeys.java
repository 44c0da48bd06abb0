package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.DURATION;
import static io.netsentinel.app.config.ValueTypes.SIZE;
import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.transport.QueueSettings;
import java.time.Duration;

/// The settings under `queues`: what is kept for clients while they are away.
public final class QueueKeys {
    private static final QueueSettings QUEUES = QueueSettings.defaults();
    private static final int MANY = 1_000_000;

    public static final Key<Duration> CURSOR_MAX_IDLE =
            Key.of(
                    "queues.cursor-max-idle",
                    DURATION,
                    QUEUES.cursorMaxIdle(),
                    "How long a durable subscription is kept that nobody comes back to.");
    public static final Key<Integer> CURSORS_PER_USER =
            Key.of(
                    "queues.cursors-per-user",
                    count("a number", 1, MANY),
                    QUEUES.cursorsPerUser(),
                    "Durable subscriptions of one user.");
    public static final Key<Integer> CURSORS =
            Key.of(
                    "queues.cursors",
                    count("a number", 1, MANY),
                    QUEUES.cursors(),
                    "Durable subscriptions of all users together.");
    public static final Key<Duration> CLIENT_MAX_IDLE =
            Key.of(
                    "queues.client-max-idle",
                    DURATION,
                    QUEUES.clientMaxIdle(),
                    "How long a client is remembered that does not come back and has no messages waiting.");
    public static final Key<Duration> MESSAGE_TTL =
            Key.of(
                    "queues.message-ttl",
                    DURATION,
                    QUEUES.inboxes().ttl(),
                    "How long a direct message is kept that does not say so itself.");
    public static final Key<Integer> MESSAGES_PER_CLIENT =
            Key.of(
                    "queues.messages-per-client",
                    count("a number", 1, MANY),
                    QUEUES.inboxes().messagesPerClient(),
                    "Direct messages kept for one client.");
    public static final Key<Integer> MESSAGES =
            Key.of(
                    "queues.messages",
                    count("a number", 1, MANY),
                    QUEUES.inboxes().messages(),
                    "Direct messages kept for all clients together.");
    public static final Key<Long> MESSAGE_BYTES =
            Key.of(
                    "queues.message-bytes",
                    SIZE,
                    QUEUES.inboxes().bytes(),
                    "Disk space of all direct messages together.");

    static final Section SECTION =
            Section.of(
                    "Queues",
                    "What is kept for clients while they are away.",
                    CURSOR_MAX_IDLE,
                    CURSORS_PER_USER,
                    CURSORS,
                    CLIENT_MAX_IDLE,
                    MESSAGE_TTL,
                    MESSAGES_PER_CLIENT,
                    MESSAGES,
                    MESSAGE_BYTES);

    private QueueKeys() {}
}

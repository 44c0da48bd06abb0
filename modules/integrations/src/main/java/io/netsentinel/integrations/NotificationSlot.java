package io.netsentinel.integrations;

import io.netsentinel.integrations.sink.NotificationRunner;
import io.netsentinel.integrations.sink.NotificationStatus;
import java.util.Optional;

/// A notification, what runs it, and where it is from.
///
/// @param kind of its sink
/// @param definition what is stored of one that was made while the server ran
/// @param runner empty when it cannot be run any more
/// @param problem why not
record NotificationSlot(
        String name,
        String kind,
        Optional<Definition> definition,
        Optional<NotificationRunner> runner,
        String problem) {
    void start() {
        runner.ifPresent(NotificationRunner::start);
    }

    NotificationOutline outline() {
        NotificationStatus now = status();
        return new NotificationOutline(
                name, kind, now.target(), now.state(), now.messages(), now.lastError());
    }

    NotificationStatus status() {
        return runner.map(NotificationRunner::status)
                .orElseGet(() -> NotificationStatus.broken(problem));
    }
}

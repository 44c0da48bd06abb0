package io.netsentinel.detection.finding;

import io.netsentinel.detection.spi.Finding.Service;
import io.netsentinel.events.Event;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A rule that counts: so many within a time are a finding.
///
/// @param name its name, `[a-z-]+`
/// @param fields the fields it reads, beside those that all need
/// @param threshold how many it takes; 1 when each is a finding
/// @param window within this time
/// @param unit what is counted, such as `ports`
/// @param counts what of an event it counts; empty when nothing
/// @param words what is said when there are enough
record CountRule(
        String name,
        Set<String> fields,
        int threshold,
        Duration window,
        String unit,
        Function<Event, Optional<Subject>> counts,
        Words words) {

    /// Something that counts.
    ///
    /// @param key of whom it is counted
    /// @param about whom the finding is about, the same for everything that is one attack
    /// @param thing what it is; the same thing counts once. Empty when every event counts
    /// @param source the address it comes from
    /// @param target the one address it goes to; empty when there are several
    /// @param service the one service it goes to
    record Subject(
            String key,
            String about,
            Optional<Object> thing,
            String source,
            Optional<String> target,
            Service service) {}

    /// What a finding says.
    ///
    /// @param title one short line
    /// @param message how it is said of a subject, with how many there were
    /// @param score how bad it is
    /// @param tactic of ATT&CK
    /// @param technique of ATT&CK
    record Words(String title, Message message, Score score, String tactic, String technique) {}

    /// How a finding is said.
    interface Message {
        String of(Subject subject, int count);
    }
}

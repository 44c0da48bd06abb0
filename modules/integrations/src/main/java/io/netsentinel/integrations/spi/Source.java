package io.netsentinel.integrations.spi;

import java.util.Optional;

/// A place events come from. It runs on a thread of its own, hands lines or events to its [Intake]
/// and commits them together with its position; so after any crash it goes on where its last commit
/// stands.
public interface Source {
    /// The source's name, unique, as configured.
    String name();

    /// What kind it is, for example `file`.
    String kind();

    /// What it reads, for people: a path or an address.
    String path();

    /// Name of the [Normalizer]'s format of its lines; of a source without [#lines()] what else it
    /// reads.
    String format();

    /// Whether it hands over lines, for a normalizer. Otherwise it makes events itself.
    default boolean lines() {
        return true;
    }

    /// Reads until [Intake#stopping()]; may be called again after that. Whatever goes wrong outside
    /// is reported by [Intake#problem(String)] and tried again; an exception ends the source.
    void run(Intake intake);

    /// Whether it finds again, after a stop, what it had read and not committed. When it does not,
    /// it is given time at a stop to commit what it has in hand.
    default boolean resumes() {
        return true;
    }

    /// Looks whether what it reads from is there, without taking anything from it. Called from
    /// another thread while it runs or not; may take ten seconds.
    ///
    /// @return why it could not read; empty when nothing is known against it
    default Optional<String> test() {
        return Optional.empty();
    }

    /// How far it is. Called from other threads at any time.
    Progress progress();

    /// How far a source is.
    ///
    /// @param bytesRead bytes read since the start
    /// @param lagBytes bytes known to be there and not yet read
    /// @param fraction how much of what was there at the start or of the present backlog is read, 0
    ///   to 1
    /// @param waiting whether there is nothing to read from yet
    record Progress(long bytesRead, long lagBytes, double fraction, boolean waiting) {}
}

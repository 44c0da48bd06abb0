package io.netsentinel.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Where a subscription begins.
public sealed interface From {
    /// With the next new event.
    static From tail() {
        return new Tail();
    }

    /// With the oldest event that is kept.
    static From oldest() {
        return new After(new Position(0, java.util.Optional.empty()));
    }

    /// After the last event one has.
    static From after(Position position) {
        return new After(position);
    }

    /// By commit time.
    static From since(Instant time) {
        return new Since(time.toString());
    }

    /// So long ago, by commit time.
    static From ago(Duration time) {
        return new Since("-" + Math.max(1, time.toSeconds()) + "s");
    }

    /// So many events before now, counted after the filter; the server allows 1,000.
    static From last(int count) {
        return new Last(count);
    }

    /// For a pattern: after the last event one has of each channel. Other channels start at their
    /// beginning.
    static From positions(Map<String, Position> positions) {
        return new Positions(positions);
    }

    /// Only new events.
    record Tail() implements From {}

    /// After a position.
    ///
    /// @param position of the last event one has
    record After(Position position) implements From {}

    /// Since a time.
    ///
    /// @param time ISO 8601, or a time back from now such as `-90s`, `-15m`, `-24h`, `-7d`
    record Since(String time) implements From {}

    /// So many events before now.
    ///
    /// @param count of them
    record Last(int count) implements From {}

    /// A position for each channel.
    ///
    /// @param positions by channel
    record Positions(Map<String, Position> positions) implements From {
        public Positions {
            positions = Map.copyOf(positions);
        }
    }
}

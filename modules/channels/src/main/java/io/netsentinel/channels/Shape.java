package io.netsentinel.channels;

import io.netsentinel.events.Projection;

/// In which shape a subscription wants its events.
///
/// @param fields what is left of an event's `data`
/// @param encoding how messages are written
/// @param compression how large frames are made smaller
/// @param rate most events a second, 0 for all: see [Pace]
public record Shape(Projection fields, Encoding encoding, Compression compression, double rate) {
    private static final Shape PLAIN =
            new Shape(Projection.all(), Encoding.JSON, Compression.NONE, 0);

    /// @throws IllegalArgumentException when the rate is negative or no number
    public Shape {
        if (!(rate >= 0) || rate == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("rate is 0 or more: " + rate);
        }
    }

    /// All of every event, as JSON.
    public static Shape plain() {
        return PLAIN;
    }

    /// The same with some of the fields.
    public Shape withFields(Projection some) {
        return new Shape(some, encoding, compression, rate);
    }

    /// The same in another encoding.
    public Shape in(Encoding other) {
        return new Shape(fields, other, compression, rate);
    }

    /// The same with compressed frames.
    public Shape compressed(Compression how) {
        return new Shape(fields, encoding, how, rate);
    }

    /// The same with at most so many events a second.
    public Shape atMost(double perSecond) {
        return new Shape(fields, encoding, compression, perSecond);
    }
}

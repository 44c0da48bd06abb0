package io.netsentinel.app.replay;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What the lines of a file are: where their time stands, and how they are written with another
/// time. Keeps what it has seen of the file's header, so there is one for each file.
interface Dialect {
    /// Name of the format in `POST /api/events?format=`.
    String format();

    /// Lines that must stand before every piece of the file that is sent; may be empty.
    default String header() {
        return "";
    }

    /// Reads a line; empty when there is nothing in it to send.
    Optional<Line> line(String text);

    /// A line to be sent.
    interface Line {
        /// When it happened; empty when it does not say so.
        Optional<Instant> time();

        /// The line with its times changed.
        String at(UnaryOperator<Instant> change);
    }

    /// A line without a time.
    record Plain(String text) implements Line {
        @Override
        public Optional<Instant> time() {
            return Optional.empty();
        }

        @Override
        public String at(UnaryOperator<Instant> change) {
            return text;
        }
    }

    /// The line as bytes.
    static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8);
    }
}

package io.netsentinel.app.replay;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.CaptureStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The lines of a file, or what becomes lines of it.
interface Lines extends AutoCloseable {
    /// The next one; empty at the end.
    Optional<String> next() throws IOException;

    /// What is wrong with the file as far as it was read; empty when nothing is.
    default String note() {
        return "";
    }

    @Override
    void close() throws IOException;

    /// Lines of text.
    record Text(BufferedReader reader) implements Lines {
        @Override
        public Optional<String> next() throws IOException {
            return Optional.ofNullable(reader.readLine());
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /// The events of a capture. Each gets its id from the server: a file may be played again.
    record Packets(CaptureStream capture) implements Lines {
        @Override
        public Optional<String> next() throws IOException {
            return capture.next().map(Packets::line);
        }

        private static String line(Event event) {
            Event.Builder builder = event.toBuilder();
            builder.remove(Fields.ID).remove(Fields.EVENT_INGESTED);
            return new String(builder.part().toJson(), StandardCharsets.UTF_8);
        }

        @Override
        public String note() {
            return capture.note();
        }

        @Override
        public void close() throws IOException {
            capture.close();
        }
    }
}

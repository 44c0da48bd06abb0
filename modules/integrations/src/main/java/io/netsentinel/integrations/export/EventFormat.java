package io.netsentinel.integrations.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.channels.HistoryPage;
import io.netsentinel.events.Event;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.queuing.LogRecord;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// A form events are given out in, one JSON object a line.
public interface EventFormat {
    /// An event in this form.
    ///
    /// @param channel the channel it stands in
    /// @param offset its offset there
    ObjectNode write(Event event, String channel, long offset);

    /// The form of that name, `ecs` or `ocsf`.
    static Optional<EventFormat> of(String name) {
        return switch (name) {
            case "ecs" -> Optional.of(new EcsFormat());
            case "ocsf" -> Optional.of(new OcsfFormat());
            default -> Optional.empty();
        };
    }

    /// A page of events, one a line. What is stored and no event is left out.
    default byte[] write(HistoryPage page) {
        ObjectMapper mapper = Lines.MAPPER;
        ByteArrayOutputStream out = new ByteArrayOutputStream(page.events().size() * 1_024);
        for (LogRecord record : page.events()) {
            try {
                Event event = Event.fromJson(record.payload());
                out.writeBytes(
                        mapper.writeValueAsBytes(write(event, page.channel(), record.offset())));
                out.write('\n');
            } catch (MalformedEventException _) {
                // clients may publish any JSON object; it has no form here
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a tree can always be written", e);
            }
        }
        return out.toByteArray();
    }
}

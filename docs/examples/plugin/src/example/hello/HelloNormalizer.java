package example.hello;

import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Ulid;
import io.netsentinel.integrations.spi.LineContext;
import io.netsentinel.integrations.spi.Normalized;
import io.netsentinel.integrations.spi.Normalizer;
import io.netsentinel.integrations.spi.Routed;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The format `hello`: a text and a number. It never throws, whatever a line holds.
public final class HelloNormalizer implements Normalizer {
    @Override
    public String format() {
        return "hello";
    }

    @Override
    public boolean json() {
        return false;
    }

    @Override
    public Normalized normalize(byte[] line, int offset, int length, LineContext context) {
        String text = new String(line, offset, length, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return Normalized.SKIPPED;
        }
        if (!text.matches(".{1,200} \\d{1,18}")) {
            return new Normalized.Rejected("no text with a number after it");
        }
        Event event =
                Event.builder()
                        .put(Fields.ID, Ulid.next())
                        .put(Fields.TIMESTAMP, context.receivedText())
                        .put(Fields.EVENT_INGESTED, context.receivedText())
                        .put(Fields.EVENT_KIND, "event")
                        .put(Fields.EVENT_MODULE, "hello")
                        .put(Fields.OBSERVER_NAME, context.source())
                        .put(Fields.MESSAGE, text)
                        .build();
        return new Normalized.Accepted(List.of(new Routed(event, List.of(Channel.LOGS))));
    }
}

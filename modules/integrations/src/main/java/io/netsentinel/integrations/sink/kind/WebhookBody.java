package io.netsentinel.integrations.sink.kind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.netsentinel.integrations.sink.format.ChatText;
import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a batch looks like when it is posted.
interface WebhookBody {
    /// The body, JSON.
    ///
    /// @throws io.netsentinel.events.MalformedEventException when a record is no event and the form
    ///   needs one
    byte[] of(List<SinkRecord> batch);

    /// The events as they are stored, each with its place.
    static WebhookBody json(String sink, Payload payload) {
        return batch -> {
            ObjectNode json = mapper().createObjectNode().put("sink", sink);
            ArrayNode events = json.putArray("events");
            for (SinkRecord record : batch) {
                events.addObject()
                        .put("channel", record.channel())
                        .put("epoch", record.epoch())
                        .put("offset", record.offset())
                        .put("time", record.time())
                        .putRawValue(
                                "data",
                                new RawValue(
                                        new String(payload.write(record), StandardCharsets.UTF_8)));
            }
            return bytes(json);
        };
    }

    /// Slack and Mattermost. `&`, `<` and `>` are escaped, so an event cannot mention anybody.
    static WebhookBody slack() {
        return batch -> bytes(mapper().createObjectNode().put("text", ChatText.slack(batch)));
    }

    /// Microsoft Teams.
    static WebhookBody teams() {
        return batch -> bytes(mapper().createObjectNode().put("text", ChatText.markdown(batch)));
    }

    /// Discord. Mentions are switched off.
    static WebhookBody discord() {
        return batch -> {
            ObjectNode json = mapper().createObjectNode().put("content", ChatText.markdown(batch));
            json.putObject("allowed_mentions").putArray("parse");
            return bytes(json);
        };
    }

    private static ObjectMapper mapper() {
        return Mapper.JSON;
    }

    private static byte[] bytes(ObjectNode json) {
        try {
            return Mapper.JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An interface's own fields are public.
    final class Mapper {
        private static final ObjectMapper JSON = new ObjectMapper();

        private Mapper() {}
    }
}

package io.netsentinel.integrations.sink.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.sink.net.HttpTarget;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// Elasticsearch and OpenSearch. A record's `_id` is its place in the log and the operation is
/// `create`, so one that is sent twice is there once: the second time the target answers 409, which
/// counts as taken.
final class BulkSink implements Sink {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpTarget target;
    private final String index;
    private final Map<String, String> headers;
    private final Payload payload;

    /// @param index where the documents go; `{channel}` in it is the record's channel
    BulkSink(HttpTarget target, String index, Map<String, String> headers, Payload payload) {
        this.target = target;
        this.index = index;
        this.headers = headers;
        this.payload = payload;
    }

    @Override
    public String target() {
        return target.shown();
    }

    @Override
    public Delivery deliver(List<SinkRecord> batch) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(batch.size() * 1_024);
        for (SinkRecord record : batch) {
            String name = index.replace("{channel}", record.channel());
            // neither can hold anything that would need escaping
            String action =
                    "{\"create\":{\"_index\":\"" + name + "\",\"_id\":\"" + record.id() + "\"}}\n";
            body.writeBytes(action.getBytes(UTF_8));
            body.writeBytes(payload.write(record));
            body.write('\n');
        }
        HttpTarget.Answer answer = target.post("application/x-ndjson", body.toByteArray(), headers);
        return answer.fine()
                ? verdict(batch.size(), JSON.readTree(answer.body()))
                : answer.verdict();
    }

    private static Delivery verdict(int count, JsonNode answer) throws IOException {
        JsonNode items = answer.path("items");
        if (items.size() != count) {
            throw new IOException(
                    "the target answered for " + items.size() + " of " + count + " documents");
        }
        Map<Integer, String> refused = new HashMap<>();
        Set<Integer> again = new HashSet<>();
        String reason = "";
        for (int i = 0; i < count; i++) {
            JsonNode item = items.get(i).path("create");
            int status = item.path("status").asInt();
            if ((status >= 200 && status < 300) || status == 409) {
                continue;
            }
            String words = words(status, item.path("error"));
            if (status == 400 || status == 413) {
                refused.put(i, words);
            } else {
                again.add(i);
                reason = words;
            }
        }
        return refused.isEmpty() && again.isEmpty()
                ? Delivery.ALL
                : new Delivery.Partly(refused, again, reason, Duration.ZERO);
    }

    private static String words(int status, JsonNode error) {
        return "the target answered %d for a document: %s: %s"
                .formatted(status, error.path("type").asText(), error.path("reason").asText());
    }

    @Override
    public OptionalLong connections() {
        return OptionalLong.of(target.connections());
    }

    @Override
    public void close() {
        target.close();
    }
}

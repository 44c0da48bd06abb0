package io.netsentinel.integrations.sink.kind;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.netsentinel.events.Fields;
import io.netsentinel.events.MalformedEventException;
import io.netsentinel.integrations.sink.format.EventWords;
import io.netsentinel.integrations.sink.format.Payload;
import io.netsentinel.integrations.sink.net.HttpTarget;
import io.netsentinel.integrations.spi.Delivery;
import io.netsentinel.integrations.spi.Sink;
import io.netsentinel.integrations.spi.SinkRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Splunk's HTTP event collector. Where a record stands in the log goes along as indexed fields, so
/// that one that was sent twice can be told by a search.
final class SplunkSink implements Sink {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MILLIS = 3;

    private final HttpTarget target;
    private final Map<String, String> headers;
    private final Optional<String> index;
    private final String sourcetype;
    private final Payload payload;

    SplunkSink(
            HttpTarget target,
            String token,
            Optional<String> index,
            String sourcetype,
            Payload payload) {
        this.target = target;
        this.headers = Map.of("Authorization", "Splunk " + token);
        this.index = index;
        this.sourcetype = sourcetype;
        this.payload = payload;
    }

    @Override
    public String target() {
        return target.shown();
    }

    @Override
    public Delivery deliver(List<SinkRecord> batch) throws IOException {
        Map<Integer, String> refused = new HashMap<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream(batch.size() * 1_024);
        for (int i = 0; i < batch.size(); i++) {
            try {
                body.writeBytes(JSON.writeValueAsBytes(json(batch.get(i))));
                body.write('\n');
            } catch (MalformedEventException e) {
                refused.put(i, "no event: " + e.getMessage());
            }
        }
        if (body.size() > 0) {
            HttpTarget.Answer answer = target.post("application/json", body.toByteArray(), headers);
            if (!answer.fine()) {
                return answer.verdict();
            }
        }
        return refused.isEmpty()
                ? Delivery.ALL
                : new Delivery.Partly(refused, Set.of(), "", Duration.ZERO);
    }

    private ObjectNode json(SinkRecord record) {
        ObjectNode json = JSON.createObjectNode();
        json.put(
                "time",
                BigDecimal.valueOf(EventWords.time(record, record.event()).toEpochMilli(), MILLIS));
        String host = record.event().text(Fields.OBSERVER_NAME);
        if (!host.isEmpty()) {
            json.put("host", host);
        }
        json.put("source", "netsentinel:" + record.channel()).put("sourcetype", sourcetype);
        index.ifPresent(name -> json.put("index", name));
        json.putRawValue(
                "event", new RawValue(new String(payload.write(record), StandardCharsets.UTF_8)));
        json.putObject("fields")
                .put("ns_channel", record.channel())
                .put("ns_epoch", record.epoch())
                .put("ns_offset", record.offset());
        return json;
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

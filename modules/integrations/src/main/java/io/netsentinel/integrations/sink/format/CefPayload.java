package io.netsentinel.integrations.sink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.spi.SinkRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/// A record as a Common Event Format message.
final class CefPayload implements Payload {
    private static final String HEAD = "CEF:0|NetSentinel|NetSentinel|1|";
    private static final Map<String, String> KEYS = new LinkedHashMap<>();

    static {
        KEYS.put("src", Fields.SOURCE_IP);
        KEYS.put("spt", Fields.SOURCE_PORT);
        KEYS.put("dst", Fields.DESTINATION_IP);
        KEYS.put("dpt", Fields.DESTINATION_PORT);
        KEYS.put("proto", Fields.NETWORK_TRANSPORT);
        KEYS.put("app", Fields.NETWORK_PROTOCOL);
        KEYS.put("act", Fields.EVENT_ACTION);
        KEYS.put("outcome", Fields.EVENT_OUTCOME);
        KEYS.put("cat", Fields.RULE_CATEGORY);
        KEYS.put("dvchost", Fields.OBSERVER_NAME);
        KEYS.put("suser", Fields.USER_NAME);
        KEYS.put("request", Fields.URL_FULL);
        KEYS.put("requestMethod", Fields.HTTP_REQUEST_METHOD);
        KEYS.put("requestClientApplication", Fields.USER_AGENT_ORIGINAL);
        KEYS.put("fname", Fields.FILE_NAME);
        KEYS.put("fileHash", Fields.FILE_HASH_SHA256);
        KEYS.put("msg", Fields.MESSAGE);
        KEYS.put("externalId", Fields.ID);
    }

    @Override
    public byte[] write(SinkRecord record) {
        Event event = record.event();
        StringBuilder text = new StringBuilder(512).append(HEAD);
        text.append(Cef.header(EventWords.type(event))).append('|');
        text.append(Cef.header(EventWords.name(event))).append('|');
        text.append(EventWords.outOfTen(event)).append('|');
        text.append("rt=").append(EventWords.time(record, event).toEpochMilli());
        KEYS.forEach((key, field) -> put(text, key, event.text(field)));
        label(text, "cn1", "score", event.text(Fields.NS_SCORE));
        label(text, "cs1", "channel", record.channel());
        label(text, "cs2", "position", record.id());
        label(text, "cs3", "communityId", event.text(Fields.NETWORK_COMMUNITY_ID));
        label(text, "cs4", "technique", event.text(Fields.THREAT_TECHNIQUE_ID));
        return text.toString().getBytes(UTF_8);
    }

    private static void label(StringBuilder text, String key, String label, String value) {
        if (!value.isEmpty()) {
            put(text, key + "Label", label);
            put(text, key, value);
        }
    }

    private static void put(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append(' ').append(key).append('=').append(Cef.value(value));
        }
    }
}

package io.netsentinel.integrations.sink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.spi.SinkRecord;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A record as a LEEF 2.0 message with a tab between attributes.
final class LeefPayload implements Payload {
    private static final String HEAD = "LEEF:2.0|NetSentinel|NetSentinel|1|";
    private static final String FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSX";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern(FORMAT, Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Map<String, String> KEYS = new LinkedHashMap<>();

    static {
        KEYS.put("src", Fields.SOURCE_IP);
        KEYS.put("srcPort", Fields.SOURCE_PORT);
        KEYS.put("dst", Fields.DESTINATION_IP);
        KEYS.put("dstPort", Fields.DESTINATION_PORT);
        KEYS.put("proto", Fields.NETWORK_TRANSPORT);
        KEYS.put("usrName", Fields.USER_NAME);
        KEYS.put("cat", Fields.RULE_CATEGORY);
        KEYS.put("signature", Fields.RULE_NAME);
        KEYS.put("sensor", Fields.OBSERVER_NAME);
        KEYS.put("application", Fields.NETWORK_PROTOCOL);
        KEYS.put("action", Fields.EVENT_ACTION);
        KEYS.put("url", Fields.URL_FULL);
        KEYS.put("score", Fields.NS_SCORE);
        KEYS.put("communityId", Fields.NETWORK_COMMUNITY_ID);
        KEYS.put("technique", Fields.THREAT_TECHNIQUE_ID);
        KEYS.put("message", Fields.MESSAGE);
        KEYS.put("id", Fields.ID);
    }

    @Override
    public byte[] write(SinkRecord record) {
        Event event = record.event();
        StringBuilder text = new StringBuilder(512).append(HEAD);
        text.append(Leef.header(EventWords.type(event))).append("|x09|");
        text.append("devTime=").append(TIME.format(EventWords.time(record, event)));
        put(text, "devTimeFormat", FORMAT);
        put(text, "sev", Integer.toString(EventWords.outOfTen(event)));
        KEYS.forEach((key, field) -> put(text, key, event.text(field)));
        put(text, "channel", record.channel());
        put(text, "position", record.id());
        return text.toString().getBytes(UTF_8);
    }

    private static void put(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append('\t').append(key).append('=').append(Leef.value(value));
        }
    }
}

package io.netsentinel.detection;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// Groups of alerts as JSON.
final class GroupJson {
    private GroupJson() {}

    static byte[] write(AlertGroups all) {
        return AlertJson.object(out -> {
            out.writeNumberField("total", all.total());
            out.writeNumberField("alerts", all.alerts());
            if (all.since().isPresent()) {
                out.writeStringField("since", all.since().get().toString());
            }
            out.writeStringField("from", all.from().toString());
            out.writeStringField("to", all.to().toString());
            out.writeArrayFieldStart("groups");
            for (AlertGroup group : all.groups()) {
                write(out, group);
            }
            out.writeEndArray();
        });
    }

    private static void write(JsonGenerator out, AlertGroup group) throws IOException {
        out.writeStartObject();
        if (group.filter().isPresent()) {
            out.writeStringField("filter", group.filter().get());
        }
        out.writeNumberField("count", group.count());
        out.writeStringField("severity", group.highest().text());
        out.writeStringField("first", group.first().toString());
        out.writeStringField("last", group.last().toString());
        out.writeStringField("seen", Instant.ofEpochMilli(group.seen()).toString());
        out.writeArrayFieldStart("trend");
        for (int part : group.trend()) {
            out.writeNumber(part);
        }
        out.writeEndArray();
        out.writeFieldName("newest");
        out.writeRawValue(new String(AlertJson.write(group.newest()), StandardCharsets.UTF_8));
        out.writeEndObject();
    }
}

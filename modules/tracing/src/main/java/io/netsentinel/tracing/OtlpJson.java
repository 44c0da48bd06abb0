package io.netsentinel.tracing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// Spans as the body of a request to `/v1/traces`: OTLP 1 in JSON, ids as hexadecimal digits, times
/// as texts.
final class OtlpJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int ERROR = 2;

    private final String service;
    private final String version;

    OtlpJson(String service, String version) {
        this.service = service;
        this.version = version;
    }

    byte[] write(List<Span> spans) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("resourceSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("resource");
            attributes(json, Map.of("service.name", service, "service.version", version));
            json.writeEndObject();
            json.writeArrayFieldStart("scopeSpans");
            json.writeStartObject();
            json.writeObjectFieldStart("scope");
            json.writeStringField("name", "io.netsentinel.tracing");
            json.writeEndObject();
            json.writeArrayFieldStart("spans");
            for (Span span : spans) {
                span(json, span);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void span(JsonGenerator json, Span span) throws IOException {
        json.writeStartObject();
        json.writeStringField("traceId", span.trace());
        json.writeStringField("spanId", span.id());
        if (!span.parent().isEmpty()) {
            json.writeStringField("parentSpanId", span.parent());
        }
        json.writeStringField("name", span.name());
        json.writeNumberField("kind", span.kind());
        json.writeStringField("startTimeUnixNano", Long.toString(span.start()));
        json.writeStringField("endTimeUnixNano", Long.toString(span.end()));
        attributes(json, span.attributes());
        json.writeObjectFieldStart("status");
        if (!span.error().isEmpty()) {
            json.writeNumberField("code", ERROR);
            json.writeStringField("message", span.error());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void attributes(JsonGenerator json, Map<String, Object> attributes)
            throws IOException {
        json.writeArrayFieldStart("attributes");
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            json.writeStartObject();
            json.writeStringField("key", attribute.getKey());
            json.writeObjectFieldStart("value");
            if (attribute.getValue() instanceof Long number) {
                json.writeStringField("intValue", number.toString());
            } else {
                json.writeStringField("stringValue", attribute.getValue().toString());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}

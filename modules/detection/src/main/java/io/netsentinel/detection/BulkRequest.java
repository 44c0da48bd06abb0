package io.netsentinel.detection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.auth.Identity;
import io.netsentinel.events.Filter;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The body of `POST /api/alerts/ack`: `{ids:[…], note?}`, or `{filter, until?, note?}` with
/// `until` the moment (ISO 8601, by commit time, now when absent) after which alerts stay open.
record BulkRequest(List<String> ids, Optional<Filter> filter, Instant until, String note) {

    static BulkRequest read(ObjectNode body) {
        Optional<Filter> filter = Json.optionalText(body, "filter").map(QueryParameters::filter);
        boolean hasIds = body.has("ids");
        if (hasIds == filter.isPresent()) {
            throw Problem.badRequest(
                    "the body needs either \"ids\" (a list of alert ids) or \"filter\"");
        }
        return new BulkRequest(
                hasIds ? texts(body.get("ids")) : List.of(),
                filter,
                until(body),
                Json.optionalText(body, "note").orElse(""));
    }

    TriageResult apply(Alerts alerts, Identity who) {
        return filter.map(f -> alerts.acknowledgeMatching(who, f::test, until.toEpochMilli(), note))
                .orElseGet(() -> alerts.change(who, Action.ACK, ids, note));
    }

    /// @throws Problem 400 when it is not a list of strings
    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            if (!element.isTextual()) {
                throw Problem.badRequest("\"ids\" must be a list of strings");
            }
            texts.add(element.textValue());
        }
        if (!array.isArray() || texts.isEmpty()) {
            throw Problem.badRequest("\"ids\" must be a list of at least one id");
        }
        return texts;
    }

    private static Instant until(ObjectNode body) {
        Optional<String> text = Json.optionalText(body, "until");
        try {
            return text.map(Instant::parse).orElseGet(Instant::now);
        } catch (DateTimeException _) {
            throw Problem.badRequest("until: \"" + text.orElse("") + "\" is no ISO 8601 time");
        }
    }
}

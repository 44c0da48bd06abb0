package io.netsentinel.detection.incident;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.detection.IncidentAction;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.detection.Resolution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A change as a body or the `params` of a call ask for it: `{status, resolution?}`, `{owner}`,
/// `{note}`, `{with:[…]}` or `{members:[…]}`, each with `note` and `version`.
record IncidentRequest(IncidentAction action, String note, OptionalInt version) {

    /// @throws IllegalArgumentException naming what is wrong
    static Optional<IncidentRequest> read(String name, JsonNode body) {
        Optional<IncidentAction> action =
                switch (name) {
                    case "status" -> Optional.of(move(body));
                    case "assign" -> Optional.of(new IncidentAction.Assign(text(body, "owner")));
                    case "note" -> Optional.of(new IncidentAction.Note());
                    case "merge" -> Optional.of(new IncidentAction.Merge(texts(body, "with")));
                    case "split" -> Optional.of(new IncidentAction.Split(texts(body, "members")));
                    default -> Optional.empty();
                };
        return action.map(what -> new IncidentRequest(what, optional(body, "note"), version(body)));
    }

    /// Which alerts somebody wants to open an incident of, `{alerts:[…], note?}`.
    record Open(List<String> alerts, String note) {

        /// @throws IllegalArgumentException naming what is wrong
        static Open read(JsonNode body) {
            return new Open(
                    texts(body, "alerts").stream().distinct().toList(), optional(body, "note"));
        }
    }

    private static IncidentAction move(JsonNode body) {
        String status = text(body, "status");
        String resolution = optional(body, "resolution");
        return new IncidentAction.Move(
                IncidentStatus.parse(status)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "status: \""
                                                + status
                                                + "\" is not one of new, triaged, contained, closed")),
                resolution.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Resolution.parse(resolution)
                                        .orElseThrow(() ->
                                                new IllegalArgumentException(
                                                        "resolution: \""
                                                                + resolution
                                                                + "\" is not one of true-positive,"
                                                                + " false-positive"))));
    }

    private static OptionalInt version(JsonNode body) {
        JsonNode version = body.path("version");
        if (version.isMissingNode() || version.isNull()) {
            return OptionalInt.empty();
        }
        if (!version.isInt()) {
            throw new IllegalArgumentException("version: must be a whole number");
        }
        return OptionalInt.of(version.intValue());
    }

    private static String text(JsonNode body, String name) {
        if (!body.path(name).isTextual()) {
            throw new IllegalArgumentException(name + ": is missing, or is no text");
        }
        return body.path(name).textValue();
    }

    private static String optional(JsonNode body, String name) {
        JsonNode value = body.path(name);
        return value.isMissingNode() || value.isNull() ? "" : text(body, name);
    }

    private static List<String> texts(JsonNode body, String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : body.path(name)) {
            if (!each.isTextual()) {
                throw new IllegalArgumentException(name + ": must be a list of ids");
            }
            texts.add(each.textValue());
        }
        if (texts.isEmpty()) {
            throw new IllegalArgumentException(name + ": must be a list of at least one id");
        }
        return texts;
    }
}

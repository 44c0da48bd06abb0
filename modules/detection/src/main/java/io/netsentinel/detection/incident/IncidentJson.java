package io.netsentinel.detection.incident;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.detection.Incident;
import io.netsentinel.detection.IncidentChange;
import io.netsentinel.detection.IncidentMember;
import io.netsentinel.detection.IncidentStatus;
import io.netsentinel.detection.Resolution;
import io.netsentinel.detection.RiskSum;
import io.netsentinel.events.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Incidents as JSON: the same members in the tables, in events and in `GET /api/incidents`.
public final class IncidentJson {
    static final ObjectMapper JSON = new ObjectMapper();

    private IncidentJson() {}

    /// The state of an incident, without its history.
    static ObjectNode state(Incident incident) {
        ObjectNode out = JSON.createObjectNode();
        out.put("id", incident.id());
        out.put("version", incident.version());
        out.put("title", incident.title());
        out.put("status", incident.status().text());
        out.put("resolution", incident.resolution().map(Resolution::text).orElse(""));
        out.put("owner", incident.owner());
        out.put("score", incident.score());
        out.put("severity", incident.severity().text());
        out.put("first", incident.first().toString());
        out.put("last", incident.last().toString());
        out.put("members", incident.members());
        texts(out.putArray("hosts"), incident.hosts());
        texts(out.putArray("tactics"), incident.tactics());
        texts(out.putArray("techniques"), incident.techniques());
        texts(out.putArray("rules"), incident.rules());
        texts(out.putArray("sensors"), incident.sensors());
        out.put("merged_into", incident.mergedInto());
        out.put("related", incident.related());
        out.put("opened", incident.opened().toString());
        out.put("updated", incident.updated().toString());
        ArrayNode scores = out.putArray("scores");
        incident.scores().forEach(scores::add);
        ObjectNode lead = out.putObject("lead");
        lead.put("score", incident.lead().score());
        lead.put("time", incident.lead().time().toString());
        lead.put("id", incident.lead().id());
        return out;
    }

    /// What the API answers: the state, how the score came about, and the history.
    static ObjectNode full(Incident incident) {
        ObjectNode out = state(incident);
        out.put("score_why", RiskSum.why(incident.scores()));
        ArrayNode history = out.putArray("history");
        incident.history().forEach(change -> history.add(change(change)));
        return out;
    }

    static Incident read(JsonNode in, List<IncidentChange> history) {
        JsonNode lead = in.path("lead");
        List<Integer> scores = new ArrayList<>();
        in.path("scores").forEach(score -> scores.add(score.intValue()));
        return new Incident(
                in.path("id").asText(),
                in.path("version").asInt(),
                in.path("title").asText(),
                IncidentStatus.parse(in.path("status").asText()).orElse(IncidentStatus.NEW),
                Resolution.parse(in.path("resolution").asText()),
                in.path("owner").asText(),
                scores,
                new Incident.Lead(
                        lead.path("score").asInt(),
                        Instant.parse(lead.path("time").asText()),
                        lead.path("id").asText()),
                Instant.parse(in.path("first").asText()),
                Instant.parse(in.path("last").asText()),
                in.path("members").asLong(),
                texts(in.path("hosts")),
                texts(in.path("tactics")),
                texts(in.path("techniques")),
                texts(in.path("rules")),
                texts(in.path("sensors")),
                in.path("merged_into").asText(),
                in.path("related").asText(),
                Instant.parse(in.path("opened").asText()),
                Instant.parse(in.path("updated").asText()),
                history);
    }

    static ObjectNode change(IncidentChange change) {
        ObjectNode out = JSON.createObjectNode();
        out.put("id", change.id());
        out.put("action", change.action());
        out.put("user", change.user());
        out.put("time", change.time().toString());
        out.put("note", change.note());
        out.put("detail", change.detail());
        out.put("version", change.version());
        return out;
    }

    static IncidentChange readChange(JsonNode in) {
        return readChange(in.path("id").asText(), in);
    }

    /// @param id the id of the event that tells the change
    static IncidentChange readChange(String id, JsonNode in) {
        return new IncidentChange(
                id,
                in.path("action").asText(),
                in.path("user").asText(),
                Instant.parse(in.path("time").asText()),
                in.path("note").asText(),
                in.path("detail").asText(),
                in.path("version").asInt());
    }

    static ObjectNode member(IncidentMember member) {
        ObjectNode out = JSON.createObjectNode();
        out.put("channel", member.channel());
        out.put("opener", member.opener());
        out.set("event", tree(member.event().toJson()));
        return out;
    }

    static IncidentMember readMember(JsonNode in) {
        return new IncidentMember(
                in.path("channel").asText(),
                in.path("opener").asBoolean(),
                Event.fromJson(bytes(in.path("event"))));
    }

    static IncidentMember readMember(byte[] row) {
        return readMember(tree(row));
    }

    static byte[] write(Kept kept) {
        ObjectNode out = full(kept.incident());
        out.put("rows", kept.rows());
        out.put("worst", kept.worst());
        out.put("offset", kept.offset());
        return bytes(out);
    }

    static Kept readKept(byte[] row) {
        JsonNode in = tree(row);
        List<IncidentChange> history = new ArrayList<>();
        in.path("history").forEach(change -> history.add(readChange(change)));
        return new Kept(
                read(in, history),
                in.path("rows").asInt(),
                in.path("worst").asText(),
                in.path("offset").asLong());
    }

    static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An incident in an event of the channel `incidents`; empty when the event tells none.
    public static Optional<Incident> read(Event event) {
        JsonNode in = tree(event.toJson()).path("ns").path("incident");
        return in.path("id").asText().isEmpty()
                ? Optional.empty()
                : Optional.of(read(in, List.of()));
    }

    private static void texts(ArrayNode out, List<String> texts) {
        texts.forEach(out::add);
    }

    static List<String> texts(JsonNode in) {
        List<String> texts = new ArrayList<>();
        in.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}

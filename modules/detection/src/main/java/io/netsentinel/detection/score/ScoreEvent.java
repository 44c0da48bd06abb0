package io.netsentinel.detection.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.detection.ScoreBoard;
import io.netsentinel.detection.ScoreBoard.Standing;
import io.netsentinel.events.Severity;
import io.netsentinel.events.Ulid;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scores as JSON: on the channel `metrics`, and as an answer.
final class ScoreEvent {
    static final String DATASET = "netsentinel.scores";

    /// So many of each kind are told live.
    static final int MOST = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ScoreEvent() {}

    /// Who has which score: nothing is told while this stays the same.
    static String figures(ScoreBoard board) {
        return Stream.of(List.of(board.all()), board.hosts(), board.sensors(), board.networks())
                .flatMap(List::stream)
                .map(standing -> standing.name() + "=" + standing.score())
                .collect(Collectors.joining(" "));
    }

    static byte[] of(ScoreBoard board, Instant now) {
        ObjectNode event = JSON.createObjectNode();
        event.put("id", Ulid.next());
        event.put("@timestamp", now.toString());
        event.put("message", "Threat scores: " + board.all().score());
        event.putObject("event")
                .put("kind", "metric")
                .put("module", "netsentinel")
                .put("dataset", DATASET);
        event.putObject("ns").set("scores", json(board, JSON.createObjectNode(), false));
        try {
            return JSON.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param reasons whether to say why
    static ObjectNode json(ScoreBoard board, ObjectNode out, boolean reasons) {
        out.put("at", board.at().toString());
        out.set("all", standing(board.all(), reasons));
        put(out.putArray("hosts"), board.hosts(), reasons);
        put(out.putArray("sensors"), board.sensors(), reasons);
        put(out.putArray("networks"), board.networks(), reasons);
        return out;
    }

    private static void put(ArrayNode array, List<Standing> standings, boolean reasons) {
        standings.forEach(each -> array.add(standing(each, reasons)));
    }

    private static ObjectNode standing(Standing standing, boolean reasons) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", standing.name())
                .put("score", standing.score())
                .put("severity", Severity.ofScore(standing.score()).text());
        if (reasons) {
            json.put("why", standing.why()).put("last", standing.last().toString());
            ArrayNode list = json.putArray("reasons");
            for (ScoreBoard.Reason reason : standing.reasons()) {
                list.addObject()
                        .put("rule", reason.rule())
                        .put("title", reason.title())
                        .put("count", reason.count())
                        .put("score", reason.score())
                        .put("id", reason.id());
            }
        }
        return json;
    }
}

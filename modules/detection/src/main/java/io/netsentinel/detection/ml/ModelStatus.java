package io.netsentinel.detection.ml;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.Ulid;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a service, or a model of the server's own, says: `{state, progress?, metrics?, version?,
/// message?}`.
///
/// @param state one of [#STATES]
/// @param progress 0 to 1
/// @param metrics figures by name
/// @param version of the model or of its data
/// @param message one line for people
public record ModelStatus(
        String model,
        String state,
        Optional<Double> progress,
        Map<String, Double> metrics,
        String version,
        String message) {
    static final String DATASET = "netsentinel.ml";

    /// In the order of a training's life; `drift` says that what comes in is no longer what it was
    /// trained on.
    static final Set<String> STATES =
            Set.of("training", "progress", "metrics", "finished", "failed", "drift");

    private static final Set<String> MEMBERS =
            Set.of("state", "progress", "metrics", "version", "message");
    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");
    private static final Pattern METRIC = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST_METRICS = 50;
    private static final int LONGEST_VERSION = 100;
    private static final int LONGEST_MESSAGE = 2_000;

    /// Reads a body.
    ///
    /// @throws IllegalArgumentException naming what is wrong
    static ModelStatus read(String model, JsonNode body) {
        if (!NAME.matcher(model).matches()) {
            throw new IllegalArgumentException(
                    "model: a name has 1 to 64 characters of a-z 0-9 . _ -");
        }
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is none of state, progress, metrics, version, message");
            }
        }
        String state = text(body, "state", LONGEST_VERSION);
        if (!STATES.contains(state)) {
            throw new IllegalArgumentException(
                    "state: \""
                            + state
                            + "\" is not one of training, progress, metrics, finished, failed, drift");
        }
        ModelStatus status =
                new ModelStatus(
                        model,
                        state,
                        progress(body.path("progress")),
                        metrics(body.path("metrics")),
                        text(body, "version", LONGEST_VERSION),
                        text(body, "message", LONGEST_MESSAGE));
        status.require();
        return status;
    }

    private void require() {
        if (state.equals("progress") && progress.isEmpty()) {
            throw new IllegalArgumentException("progress: the state progress needs it, 0 to 1");
        }
        if (state.equals("metrics") && metrics.isEmpty()) {
            throw new IllegalArgumentException("metrics: the state metrics needs at least one");
        }
        if (state.equals("failed") && message.isBlank()) {
            throw new IllegalArgumentException("message: the state failed needs a reason");
        }
    }

    private static String text(JsonNode body, String name, int most) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isTextual() || value.textValue().length() > most) {
            throw new IllegalArgumentException(
                    name + ": must be a text of at most " + most + " characters");
        }
        return value.textValue();
    }

    private static Optional<Double> progress(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber() || value.doubleValue() < 0 || value.doubleValue() > 1) {
            throw new IllegalArgumentException("progress: must be a number from 0 to 1");
        }
        return Optional.of(value.doubleValue());
    }

    private static Map<String, Double> metrics(JsonNode value) {
        Map<String, Double> metrics = new TreeMap<>();
        if (value.isMissingNode() || value.isNull()) {
            return metrics;
        }
        if (!value.isObject() || value.size() > MOST_METRICS) {
            throw new IllegalArgumentException(
                    "metrics: must be an object of at most " + MOST_METRICS + " numbers");
        }
        for (Map.Entry<String, JsonNode> each : value.properties()) {
            if (!METRIC.matcher(each.getKey()).matches()
                    || !each.getValue().isNumber()
                    || !Double.isFinite(each.getValue().doubleValue())) {
                throw new IllegalArgumentException(
                        "metrics: \""
                                + each.getKey()
                                + "\" is not a name of 1 to 64 characters of A-Z a-z 0-9 . _ - with a number");
            }
            metrics.put(each.getKey(), each.getValue().doubleValue());
        }
        return metrics;
    }

    /// The event that is published.
    ///
    /// @param user who says so
    public Event event(String user, Instant now) {
        Event.Builder event =
                Event.builder()
                        .put(Fields.ID, Ulid.next())
                        .timestamp(now)
                        .put(Fields.EVENT_INGESTED, now)
                        .put(Fields.EVENT_KIND, "state")
                        .put(Fields.EVENT_MODULE, "netsentinel")
                        .put(Fields.EVENT_DATASET, DATASET)
                        .put(Fields.EVENT_ACTION, state)
                        .put(Fields.MESSAGE, message.isEmpty() ? model + ": " + state : message)
                        .put("ns.ml.model", model)
                        .put("ns.ml.state", state)
                        .put("ns.ml.user", user)
                        .putText("ns.ml.version", version)
                        .putText("ns.ml.message", message);
        progress.ifPresent(value -> event.put("ns.ml.progress", value));
        // as a list: the names are whatever the service likes, and must not become fields
        if (!metrics.isEmpty()) {
            event.put(
                    "ns.ml.metrics",
                    metrics.entrySet().stream()
                            .map(each -> Map.of("name", each.getKey(), "value", each.getValue()))
                            .toList());
        }
        return event.build();
    }
}

package io.netsentinel.detection.finding;

import io.netsentinel.detection.ml.ModelStatus;
import io.netsentinel.events.Channel;
import io.netsentinel.queuing.Entry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a model of the server's own has to tell on the channel `ml`, as services from outside do of
/// theirs.
final class ModelReports {
    private final String model;
    private final String version;
    private final Clock clock;
    private final List<ModelStatus> waiting = new ArrayList<>();

    ModelReports(String model, String version, Clock clock) {
        this.model = model;
        this.version = version;
        this.clock = clock;
    }

    void training(String message) {
        add("training", Optional.empty(), Map.of(), message);
    }

    void progress(double part) {
        add("progress", Optional.of(part), Map.of(), "");
    }

    void metrics(Map<String, Double> figures) {
        add("metrics", Optional.empty(), figures, "");
    }

    void finished(Map<String, Double> figures, String message) {
        add("finished", Optional.of(1.0), figures, message);
    }

    void drift(Map<String, Double> figures, String message) {
        add("drift", Optional.empty(), figures, message);
    }

    private void add(
            String state, Optional<Double> part, Map<String, Double> figures, String message) {
        waiting.add(new ModelStatus(model, state, part, figures, version, message));
    }

    boolean any() {
        return !waiting.isEmpty();
    }

    /// Takes what there is.
    List<Entry> take() {
        List<Entry> entries =
                waiting.stream()
                        .map(status -> status.event("netsentinel", clock.instant()))
                        .map(event -> Entry.of(Channel.ML, event.toJson()))
                        .toList();
        waiting.clear();
        return entries;
    }
}

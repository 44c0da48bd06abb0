package io.netsentinel.webui;

import io.netsentinel.auth.Identity;
import io.netsentinel.detection.Detection;
import io.netsentinel.detection.DetectorStatus;
import io.netsentinel.detection.HealthCondition;
import io.netsentinel.detection.ServerHealth;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.integrations.SensorCondition;
import io.netsentinel.integrations.SensorHealth;
import io.netsentinel.integrations.SensorStatus;
import io.netsentinel.integrations.Sensors;
import io.netsentinel.transport.Services;
import io.netsentinel.webui.RecentEvents.Found;
import io.netsentinel.webui.RecentEvents.One;
import io.netsentinel.webui.Sheet.Cell;
import io.netsentinel.webui.Sheet.Column;
import io.netsentinel.webui.Sheet.Line;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The tables of `/health`.
final class HealthSheets {
    private static final int CHANGES = 50;

    /// The newest so many events tell of the models.
    private static final int MODEL_EVENTS = 1_000;

    private static final String CHANGED = "event.dataset = netsentinel.health";
    private static final String MODELS = "event.dataset = netsentinel.ml";

    /// What of `system` and `ml` changes these tables, as a filter.
    static final String NEWS = CHANGED + " or " + MODELS;

    private static final Column NAME = new Column("Name", "");
    private static final Column STATE = new Column("State", "");
    private static final Column SINCE = new Column("Since", "num");
    private static final Column WHAT = new Column("What", "wide main");
    private static final Cell NOTHING = Cell.of("");

    private final Services services;
    private final RecentEvents recent;

    HealthSheets(Services services, RecentEvents recent) {
        this.services = services;
        this.recent = recent;
    }

    /// The conditions of the server itself.
    Sheet server() {
        List<HealthCondition> all =
                services.find(ServerHealth.class).map(ServerHealth::conditions).orElse(List.of());
        long wrong = all.stream().filter(one -> !well(one.state())).count();
        return new Sheet(
                "server",
                "Server",
                said(wrong),
                List.of(NAME, STATE, SINCE, WHAT),
                all.stream()
                        .map(one ->
                                new Line(
                                        "hs-" + one.subject(),
                                        List.of(
                                                Cell.of(one.subject()),
                                                state(one.state()),
                                                Cell.date(one.since()),
                                                Cell.main(one.message())),
                                        List.of()))
                        .toList(),
                "Nothing is looked at",
                "");
    }

    private static String said(long wrong) {
        return wrong == 0 ? "all is well" : Numbers.count(wrong, "thing") + " not well";
    }

    private static boolean well(String state) {
        return state.equals(HealthCondition.WELL);
    }

    private static Cell state(String state) {
        return Cell.state(
                state,
                switch (state) {
                    case HealthCondition.WELL -> "ok";
                    case "clock-ahead", "clock-behind", "behind", "unknown", "high", "low" ->
                            "warn";
                    default -> "bad";
                });
    }

    /// The sensors that were heard of in the last month.
    Sheet sensors() {
        Map<String, SensorCondition> conditions =
                services.find(SensorHealth.class).map(SensorHealth::conditions).orElse(Map.of());
        List<SensorStatus> all =
                services.find(Sensors.class).map(Sensors::statuses).orElse(List.of());
        return new Sheet(
                "sensor-health",
                "Sensors",
                said(conditions.values().stream().filter(one -> !well(one.state())).count()),
                List.of(
                        NAME,
                        new Column("Product", ""),
                        STATE,
                        SINCE,
                        new Column("Lost", "num"),
                        new Column("Last event", "num"),
                        WHAT),
                all.stream()
                        .map(one -> sensor(one, Optional.ofNullable(conditions.get(one.name()))))
                        .toList(),
                "No sensor has sent an event yet",
                "Connect a sensor says how.");
    }

    private static Line sensor(SensorStatus sensor, Optional<SensorCondition> condition) {
        return new Line(
                "hn-" + sensor.name(),
                List.of(
                        Cell.of(sensor.name()),
                        Cell.of(sensor.product()),
                        state(condition.map(SensorCondition::state).orElse("unknown")),
                        condition.map(one -> Cell.date(one.since())).orElse(NOTHING),
                        Cell.figure(String.format(Locale.ROOT, "%.1f %%", sensor.dropPercent())),
                        Cell.date(sensor.lastEvent()),
                        Cell.main(condition.map(SensorCondition::message).orElse(""))),
                List.of());
    }

    /// What the detectors keep, and what they had to give up.
    Sheet detectors() {
        Optional<Detection> detection = services.find(Detection.class);
        List<DetectorStatus> all = detection.map(Detection::detectors).orElse(List.of());
        return new Sheet(
                "detectors",
                "Detectors",
                detection
                        .map(one ->
                                Numbers.count(one.seen(), "event")
                                        + " looked at, "
                                        + Numbers.whole(one.behind())
                                        + " behind")
                        .orElse(""),
                List.of(
                        NAME,
                        new Column("Accounts kept", "num"),
                        new Column("Given up", "num"),
                        new Column("Findings", "num")),
                all.stream()
                        .map(one ->
                                new Line(
                                        "hd-" + one.name(),
                                        List.of(
                                                Cell.mono(one.name()),
                                                Cell.number(one.tracked()),
                                                Cell.number(one.evicted()),
                                                Cell.number(one.findings())),
                                        List.of()))
                        .toList(),
                "Detection is switched off",
                "detection.enabled switches it on.");
    }

    /// The newest that each model said, of those that spoke within the newest events.
    Sheet models(Identity who) {
        Set<String> seen = new HashSet<>();
        Found found = recent.newest(who, Channel.ML, MODELS, MODEL_EVENTS);
        List<Line> lines =
                found.events().stream()
                        .map(One::event)
                        .filter(event -> seen.add(event.text("ns.ml.model")))
                        .map(HealthSheets::model)
                        .toList();
        return new Sheet(
                "models",
                "Models",
                Numbers.count(lines.size(), "model")
                        + (found.events().size() < MODEL_EVENTS
                                ? found.said()
                                : " in the newest " + Numbers.whole(MODEL_EVENTS) + " events"),
                List.of(
                        NAME,
                        STATE,
                        new Column("Progress", "num"),
                        new Column("Version", ""),
                        new Column("Figures", "wide"),
                        new Column("What", "wide"),
                        new Column("By", ""),
                        new Column("Time", "num")),
                lines,
                found.back().isEmpty() ? "No model has told of itself" : "No model found",
                "Services that train or run one tell of it by POST /api/ml/{model}/status.");
    }

    private static Line model(Event event) {
        String name = event.text("ns.ml.model");
        String state = event.text("ns.ml.state");
        return new Line(
                "hm-" + name,
                List.of(
                        Cell.mono(name),
                        Cell.state(
                                state,
                                switch (state) {
                                    case "failed" -> "bad";
                                    case "drift" -> "warn";
                                    default -> "ok";
                                }),
                        Cell.figure(
                                event.value("ns.ml.progress").orElse("") instanceof Number share
                                        ? Math.round(100 * share.doubleValue()) + " %"
                                        : ""),
                        Cell.of(event.text("ns.ml.version")),
                        Cell.wide(figures(event)),
                        Cell.wide(event.text("ns.ml.message")),
                        Cell.of(event.text("ns.ml.user")),
                        Cell.date(event.timestamp())),
                List.of());
    }

    /// `auc 0.93, loss 0.11`.
    private static String figures(Event event) {
        return event.value("ns.ml.metrics").orElse(List.of()) instanceof List<?> all
                ? all.stream()
                        .filter(Map.class::isInstance)
                        .map(each -> (Map<?, ?>) each)
                        .map(each -> each.get("name") + " " + each.get("value"))
                        .collect(Collectors.joining(", "))
                : "";
    }

    /// What changed, newest first.
    Sheet changes(Identity who) {
        Found found = recent.newest(who, Channel.SYSTEM, CHANGED, CHANGES);
        List<One> changes = found.events();
        return new Sheet(
                "changes",
                "What changed",
                changes.size() < CHANGES
                        ? Numbers.count(changes.size(), "change") + found.said()
                        : "the newest " + CHANGES + " changes",
                List.of(new Column("Time", "num"), STATE, WHAT),
                changes.stream()
                        .map(one ->
                                new Line(
                                        "hc-" + one.offset(),
                                        List.of(
                                                Cell.date(one.event().timestamp()),
                                                state(one.event().text("ns.health.state")),
                                                Cell.main(one.event().text(Fields.MESSAGE))),
                                        List.of()))
                        .toList(),
                found.back().isEmpty() ? "Nothing has changed" : "No change found",
                "When a condition changes, that is told on the channel system and stands here.");
    }
}

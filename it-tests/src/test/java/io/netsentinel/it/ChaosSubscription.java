package io.netsentinel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/// One subscription of a chaos client, to a channel or a pattern.
final class ChaosSubscription {
    private final String label;
    private final String channel;
    private final ChaosFilter filter;
    private final String begin;
    private final boolean heedless;
    private final String durable;
    private final Consumer<String> violations;
    private final Map<String, Track> tracks = new ConcurrentSkipListMap<>();
    private final Set<String> answered = new HashSet<>();
    private int expected = 1;

    /// @param begin where it begins at first: empty for the tail, or a member of `subscribe`
    ///   without its braces
    /// @param durable the name under which the server keeps the place; empty for none
    ChaosSubscription(
            String label,
            String channel,
            ChaosFilter filter,
            String begin,
            boolean heedless,
            String durable,
            Consumer<String> violations) {
        this.label = label;
        this.channel = channel;
        this.filter = filter;
        this.begin = begin;
        this.heedless = heedless;
        this.durable = durable;
        this.violations = text -> violations.accept(label + " on " + channel + ": " + text);
    }

    String label() {
        return label;
    }

    String channel() {
        return channel;
    }

    ChaosFilter filter() {
        return filter;
    }

    boolean pattern() {
        return channel.endsWith("*");
    }

    Collection<Track> tracks() {
        return tracks.values();
    }

    /// What `connect` says about it: from the beginning, or from where it is.
    ObjectNode request() {
        answered.clear();
        expected = 1;
        ObjectNode request =
                (ObjectNode) HttpApi.parse("{" + (tracks.isEmpty() ? begin : "") + "}");
        request.put("channel", channel);
        if (!filter.text().isEmpty()) {
            request.put("filter", filter.text());
        }
        if (!durable.isEmpty()) {
            request.put("durable", durable);
        }
        if (tracks.isEmpty() || !durable.isEmpty()) {
            return request;
        }
        if (pattern()) {
            ObjectNode positions = request.putObject("positions");
            tracks.forEach((name, track) ->
                    positions.putArray(name).add(track.position()).add(track.epoch()));
            return request;
        }
        Track only = tracks.values().iterator().next();
        return request.put("offset", only.position()).put("epoch", only.epoch());
    }

    void subscribed(JsonNode message) {
        String name = message.path("channel").asText();
        expected = message.path("channels").asInt(1);
        answered.add(name);
        tracks.computeIfAbsent(name, _ -> new Track(name, heedless, !durable.isEmpty(), violations))
                .subscribed(message);
    }

    boolean durable() {
        return !durable.isEmpty();
    }

    /// Every answer has come.
    boolean complete() {
        return answered.size() == expected;
    }

    /// The channel of a message.
    Track track(JsonNode message) {
        Track track = tracks.get(message.path("channel").asText());
        if (track == null) {
            throw new Track.HoleException("nothing was said about " + message);
        }
        return track;
    }

    /// Holds what a ping says against what came.
    void pinged(JsonNode positions) {
        for (Track track : List.copyOf(tracks.values())) {
            JsonNode pair = positions.path(track.channel());
            if (pair.isArray()) {
                track.pinged(pair.path(0).asLong(), pair.path(1).asLong());
            }
        }
    }
}

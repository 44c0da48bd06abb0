package io.netsentinel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.channels.Selection;
import io.netsentinel.channels.Where;
import io.netsentinel.events.ChannelPattern;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import io.netsentinel.events.Projection;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// A subscription as a client asks for it.
///
/// @param channels a channel, or a pattern
/// @param label its name
/// @param where where it begins
/// @param positions where it goes on, by channel; only with a pattern
/// @param filter what the client wants to see
/// @param format `json`, `html:…`
/// @param fields what is left of an event's `data`
/// @param rate most events a second, 0 for all
record Wanted(
        ChannelPattern channels,
        String label,
        Where where,
        Map<String, Where> positions,
        Selection filter,
        String format,
        Projection fields,
        double rate) {

    private static final List<String> FIELDS =
            List.of(
                    "channel",
                    "sub",
                    "offset",
                    "epoch",
                    "since",
                    "last",
                    "positions",
                    "filter",
                    "format",
                    "fields",
                    "rate",
                    "durable",
                    "ttl",
                    "maxBehind",
                    "minPriority");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9._*-]{1,64}");
    private static final int MOST = 1_000;
    private static final String JSON = "json";

    /// Reads the members of `subscribe`.
    ///
    /// @param now what a relative time counts from
    static Wanted of(Command command, Instant now) {
        command.allow(FIELDS);
        ChannelPattern channels = channels(command.text("channel"));
        String label = command.optionalText("sub").orElse(channels.text());
        if (!LABEL.matcher(label).matches()) {
            throw bad("sub", "a subscription's name is 1 to 64 of the characters a-z 0-9 . _ * -");
        }
        Map<String, Where> positions = positions(command, channels);
        String format = command.optionalText("format").orElse(JSON);
        return new Wanted(
                channels,
                label,
                where(command, channels, now),
                positions,
                filter(command),
                format,
                WantedShape.fields(command, format.equals(JSON)),
                WantedShape.rate(command));
    }

    /// Reads the member `filter`.
    static Selection filter(Command command) {
        try {
            return command.optionalText("filter")
                    .map(text -> Selection.of(Filter.parse(text)))
                    .orElse(Selection.all());
        } catch (FilterException e) {
            throw new ProtocolException(
                    ErrorCode.BAD_FILTER, "column " + e.column() + ": " + e.getMessage(), "filter");
        }
    }

    /// Reads the member `since`.
    static Optional<Instant> since(Command command, Instant now) {
        return command.optionalText("since")
                .map(text ->
                        Since.parse(text, now)
                                .orElseThrow(() ->
                                        bad(
                                                "since",
                                                "\"since\" is an ISO 8601 time or"
                                                        + " like -15m")));
    }

    /// What makes it see other bytes than the user's other subscriptions.
    String view() {
        return String.join("\n", channels.text(), label, format, filter.text(), fields.text());
    }

    /// Where it begins in one of its channels.
    Where in(String channel) {
        return positions.getOrDefault(channel, where);
    }

    /// The same, going on from where it was.
    ///
    /// @param places where it was, by channel; at least one
    Wanted resuming(Map<String, Where> places) {
        Where elsewhere = new Where.After(0, Optional.empty());
        boolean exact = channels.exact();
        return new Wanted(
                channels,
                label,
                exact ? places.getOrDefault(channels.text(), elsewhere) : elsewhere,
                exact ? Map.of() : places,
                filter,
                format,
                fields,
                rate);
    }

    private static ChannelPattern channels(String text) {
        try {
            return ChannelPattern.of(text);
        } catch (IllegalArgumentException e) {
            throw bad("channel", String.valueOf(e.getMessage()));
        }
    }

    private static Where where(Command command, ChannelPattern channels, Instant now) {
        OptionalLong offset = command.optionalNumber("offset", 0, Long.MAX_VALUE);
        Optional<String> epoch = command.optionalText("epoch");
        OptionalLong last = command.optionalNumber("last", 1, MOST);
        Optional<Instant> since = since(command, now);
        boolean positions = command.fields().has("positions");
        int given = count(offset.isPresent(), last.isPresent(), since.isPresent(), positions);
        if (given > 1) {
            throw bad("offset", "only one of offset, since, last and positions can be given");
        }
        if (epoch.isPresent() && offset.isEmpty()) {
            throw bad("epoch", "\"epoch\" needs an \"offset\"");
        }
        if (offset.isPresent()) {
            if (!channels.exact()) {
                throw bad("offset", "a pattern goes on by \"positions\"");
            }
            return new Where.After(offset.getAsLong(), epoch);
        }
        if (last.isPresent()) {
            return new Where.Last((int) last.getAsLong());
        }
        if (since.isPresent()) {
            return new Where.Since(since.get());
        }
        // a channel that is not among the positions was born while the client was away
        return positions ? new Where.After(0, Optional.empty()) : new Where.Tail();
    }

    private static int count(boolean... given) {
        int count = 0;
        for (boolean one : given) {
            count += one ? 1 : 0;
        }
        return count;
    }

    private static Map<String, Where> positions(Command command, ChannelPattern channels) {
        Map<String, Where> positions = new HashMap<>();
        ObjectNode object = command.object("positions");
        if (!object.isEmpty() && channels.exact()) {
            throw bad("positions", "a single channel goes on by \"offset\" and \"epoch\"");
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!(entry.getValue() instanceof ArrayNode pair
                    && pair.size() == 2
                    && pair.get(0).canConvertToLong()
                    && pair.get(0).isIntegralNumber()
                    && pair.get(0).longValue() >= 0
                    && pair.get(1).isTextual())) {
                throw bad("positions", "a position is [offset, \"epoch\"]");
            }
            positions.put(
                    entry.getKey(),
                    new Where.After(pair.get(0).longValue(), Optional.of(pair.get(1).textValue())));
        }
        return positions;
    }

    private static ProtocolException bad(String field, String message) {
        return new ProtocolException(ErrorCode.BAD_REQUEST, message, field);
    }
}

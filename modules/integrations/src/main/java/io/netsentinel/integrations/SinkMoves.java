package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.integrations.sink.Move;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the body of `skip` and `rewind` asks for: one of `all`, `records`, and for `rewind` also
/// `since` and `offset`; `channel` narrows it to one.
final class SinkMoves {
    private static final Set<String> SKIP = Set.of("all", "records");
    private static final Set<String> REWIND = Set.of("all", "records", "since", "offset");

    private final Optional<String> channel;
    private final Move move;

    /// @throws Problem 400 saying what the body may hold
    SinkMoves(EventLog log, String action, ObjectNode body) {
        boolean skip = action.equals("skip");
        channel = Json.optionalText(body, "channel");
        String wish = wish(body, skip ? SKIP : REWIND);
        move = skip ? skip(wish, body) : back(rewind(log, wish, body));
    }

    Optional<String> channel() {
        return channel;
    }

    Move move() {
        return move;
    }

    private static String wish(ObjectNode body, Set<String> allowed) {
        List<String> wishes = new ArrayList<>();
        body.fieldNames()
                .forEachRemaining(name -> {
                    if (allowed.contains(name)) {
                        wishes.add(name);
                    } else if (!name.equals("channel")) {
                        throw Problem.badRequest(
                                "\"" + name + "\" is not known: " + words(allowed) + " or channel");
                    }
                });
        if (wishes.size() != 1) {
            throw Problem.badRequest("the body needs exactly one of " + words(allowed));
        }
        return wishes.getFirst();
    }

    private static String words(Set<String> names) {
        return String.join(", ", names.stream().sorted().toList());
    }

    private static Move skip(String wish, ObjectNode body) {
        if (wish.equals("all")) {
            requireTrue(body);
            return (state, _) -> state.tail();
        }
        long records = number(body, "records");
        return (state, offset) -> Math.min(state.tail(), offset + records);
    }

    /// Going back never goes forward: that would leave something out.
    private static Move back(Move wanted) {
        return (state, offset) -> Math.min(offset, wanted.target(state, offset));
    }

    private Move rewind(EventLog log, String wish, ObjectNode body) {
        return switch (wish) {
            case "all" -> {
                requireTrue(body);
                yield (state, _) -> state.first() - 1;
            }
            case "records" -> {
                long records = number(body, "records");
                yield (_, offset) -> offset - records;
            }
            case "offset" -> {
                long first = number(body, "offset");
                if (channel.isEmpty()) {
                    throw Problem.badRequest("an offset needs a \"channel\"");
                }
                yield (_, _) -> first - 1;
            }
            default -> {
                Instant time = EventsQuery.time(Json.text(body, "since"));
                yield (state, _) -> log.offsetBefore(state.channel(), time).join();
            }
        };
    }

    private static void requireTrue(ObjectNode body) {
        if (!body.path("all").isBoolean() || !body.path("all").booleanValue()) {
            throw Problem.badRequest("\"all\" must be true");
        }
    }

    private static long number(ObjectNode body, String name) {
        JsonNode value = body.path(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 1) {
            throw Problem.badRequest("\"" + name + "\" must be a whole number of at least 1");
        }
        return Math.min(value.longValue(), Long.MAX_VALUE / 2);
    }
}

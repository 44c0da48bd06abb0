package io.netsentinel.transport;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.webserver.http.ServerRequest;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.DurableInfo;
import io.netsentinel.channels.DurableStatistics;
import io.netsentinel.channels.Hub;
import io.netsentinel.queuing.EventLog;
import io.netsentinel.queuing.InboxInfo;
import io.netsentinel.queuing.InboxStatistics;
import io.netsentinel.queuing.LogRecord;
import io.netsentinel.queuing.StoredCursor;
import io.netsentinel.transport.spi.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// What is kept for clients while they are away: `GET` and `DELETE /api/queues`.
final class QueueEndpoint implements Endpoint {
    private static final List<String> QUERY = List.of("user", "afterCursor", "afterInbox", "limit");
    private static final List<String> SELECTION = List.of("user", "cursor", "client", "all");

    /// Connections that were closed because nobody was there any more.
    private static final List<CloseCode> STALE =
            List.of(CloseCode.NO_PONG, CloseCode.WRITE_BLOCKED, CloseCode.NO_IDENTITY);

    private static final int USUAL = 100;
    private static final int MOST = 1_000;
    private static final int SLICE = 1_000;

    /// The oldest event of one that follows more channels is not looked for.
    private static final int MOST_READS = 16;

    @Override
    public void routes(Routes routes, Services services) {
        Queues queues = services.get(Queues.class);
        Parts parts =
                new Parts(
                        queues,
                        services.get(Hub.class),
                        services.get(EventLog.class),
                        services.get(Connections.class));
        routes.get(
                        "/api/queues",
                        Access.ADMIN,
                        (request, response) -> Json.send(response, list(request, parts)))
                .delete(
                        "/api/queues",
                        Access.ADMIN,
                        (request, response) -> Json.send(response, purge(request, queues)));
    }

    /// Where it looks.
    private record Parts(Queues queues, Hub hub, EventLog log, Connections connections) {}

    // ---- looking

    private static ObjectNode list(ServerRequest request, Parts parts) {
        Queues queues = parts.queues();
        allow(request, QUERY);
        int limit = limit(request);
        String user = query(request, "user").orElse("");
        List<DurableInfo> cursors =
                queues.cursors().list(user, after(request, "afterCursor"), limit);
        List<InboxInfo> inboxes = queues.inboxes().list(user, after(request, "afterInbox"), limit);
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("cursors");
        cursors.forEach(one -> cursor(all.addObject(), one, parts));
        ArrayNode boxes = answer.putArray("inboxes");
        inboxes.forEach(one -> inbox(boxes.addObject(), one));
        if (cursors.size() == limit) {
            StoredCursor last = cursors.getLast().cursor();
            answer.put("nextCursor", last.user() + "/" + last.name());
        }
        if (inboxes.size() == limit) {
            InboxInfo last = inboxes.getLast();
            answer.put("nextInbox", last.user() + "/" + last.client());
        }
        counters(answer.putObject("counters"), queues, parts.connections());
        return answer;
    }

    private static void cursor(ObjectNode target, DurableInfo info, Parts parts) {
        StoredCursor cursor = info.cursor();
        target.put("user", cursor.user())
                .put("name", cursor.name())
                .put("channel", cursor.channels())
                .put("filter", cursor.filter())
                .put("held", info.held())
                .put("created", cursor.created().toString())
                .put("lastSeen", cursor.lastSeen().toString());
        ArrayNode positions = target.putArray("positions");
        long lag = 0;
        Optional<Instant> oldest = Optional.empty();
        for (Map.Entry<String, StoredCursor.Place> one :
                new TreeMap<>(cursor.places()).entrySet()) {
            long offset = one.getValue().offset();
            long tail = parts.hub().channel(one.getKey()).map(ChannelInfo::tail).orElse(offset);
            long behind = Math.max(0, tail - offset);
            positions
                    .addObject()
                    .put("channel", one.getKey())
                    .put("epoch", one.getValue().epoch())
                    .put("offset", offset)
                    .put("tail", tail)
                    .put("lag", behind);
            lag += behind;
            if (behind > 0 && cursor.places().size() <= MOST_READS) {
                oldest = earlier(oldest, timeAfter(parts.log(), one.getKey(), offset));
            }
        }
        target.put("lag", lag);
        oldest.ifPresent(time -> target.put("oldest", time.toString()));
    }

    /// When the first event after a position was committed.
    private static Optional<Instant> timeAfter(EventLog log, String channel, long offset) {
        return log.read(channel, offset, 1, 1).join().records().stream()
                .findFirst()
                .map(LogRecord::time)
                .map(Instant::ofEpochMilli);
    }

    private static Optional<Instant> earlier(Optional<Instant> a, Optional<Instant> b) {
        return a.isPresent() && b.isPresent() && a.get().isBefore(b.get()) ? a : b.or(() -> a);
    }

    private static void inbox(ObjectNode target, InboxInfo info) {
        target.put("user", info.user())
                .put("client", info.client())
                .put("connected", info.connected())
                .put("pending", info.messages())
                .put("bytes", info.bytes());
        ArrayNode counts = target.putArray("byPriority");
        info.byPriority().forEach(counts::add);
        info.oldest().ifPresent(time -> target.put("oldest", time.toString()));
        target.put("expired", info.lost()).put("lastSeen", info.lastSeen().toString());
    }

    private static void counters(ObjectNode target, Queues queues, Connections connections) {
        DurableStatistics cursors = queues.cursors().statistics();
        target.putObject("cursors")
                .put("kept", cursors.cursors())
                .put("held", cursors.held())
                .put("acknowledgements", cursors.acknowledgements())
                .put("stored", cursors.stored())
                .put("takeovers", cursors.takeovers())
                .put("purged", cursors.purged())
                .put("forgotten", cursors.forgotten());
        InboxStatistics inboxes = queues.inboxes().statistics();
        target.putObject("messages")
                .put("clients", inboxes.clients())
                .put("pending", inboxes.messages())
                .put("bytes", inboxes.bytes())
                .put("accepted", inboxes.accepted())
                .put("refused", inboxes.refused())
                .put("acknowledged", inboxes.acknowledged())
                .put("expired", inboxes.expired())
                .put("purged", inboxes.purged())
                .put("forgotten", inboxes.forgotten());
        Map<Integer, Long> ended = connections.ended();
        long stale = STALE.stream().mapToLong(code -> ended.getOrDefault(code.number(), 0L)).sum();
        target.putObject("connections").put("stale", stale);
    }

    // ---- removing

    private static ObjectNode purge(ServerRequest request, Queues queues) {
        allow(request, SELECTION);
        Optional<String> user = query(request, "user");
        Optional<String> cursor = query(request, "cursor");
        Optional<String> client = query(request, "client");
        boolean all = query(request, "all").filter("true"::equals).isPresent();
        if (user.isEmpty() && (!all || cursor.isPresent() || client.isPresent())) {
            throw Problem.badRequest(
                    "say whose: \"user\" with \"cursor\" or \"client\" or all of theirs without,"
                            + " or \"all=true\" for everybody's");
        }
        boolean one = cursor.isPresent() || client.isPresent();
        int cursors = 0;
        int messages = 0;
        if (cursor.isPresent()) {
            if (!queues.cursors().purge(user.orElseThrow(), cursor.get())) {
                throw Problem.notFound("the user has no durable subscription of this name");
            }
            cursors = 1;
        }
        if (client.isPresent()) {
            messages =
                    queues.inboxes()
                            .purge(user.orElseThrow(), client.get())
                            .orElseThrow(
                                    () -> Problem.notFound("the user has no client of this id"));
        }
        if (!one) {
            cursors = purgeCursors(queues, user.orElse(""));
            messages = purgeMessages(queues, user.orElse(""));
        }
        return Json.object().put("cursors", cursors).put("messages", messages);
    }

    private static int purgeCursors(Queues queues, String user) {
        return each(
                (after, most) -> queues.cursors().list(user, after, most),
                info -> info.cursor().user() + '\0' + info.cursor().name(),
                info -> queues.cursors().purge(info.cursor().user(), info.cursor().name()) ? 1 : 0);
    }

    private static int purgeMessages(Queues queues, String user) {
        return each(
                (after, most) -> queues.inboxes().list(user, after, most),
                info -> info.user() + '\0' + info.client(),
                info -> queues.inboxes().purge(info.user(), info.client()).orElse(0));
    }

    private static <T> int each(
            BiFunction<String, Integer, List<T>> pages,
            java.util.function.Function<T, String> key,
            java.util.function.ToIntFunction<T> task) {
        int sum = 0;
        List<T> page = pages.apply("", SLICE);
        while (!page.isEmpty()) {
            sum += page.stream().mapToInt(task).sum();
            page = pages.apply(key.apply(page.getLast()), SLICE);
        }
        return sum;
    }

    // ---- the query

    private static void allow(ServerRequest request, List<String> names) {
        for (String name : request.query().names()) {
            if (!names.contains(name)) {
                throw Problem.badRequest(
                        "the address may say " + String.join(", ", names) + ", not " + name);
            }
        }
    }

    private static Optional<String> query(ServerRequest request, String name) {
        return request.query().first(name).asOptional().filter(text -> !text.isEmpty());
    }

    /// Users and names have no `/` in them, and both no character below it.
    private static String after(ServerRequest request, String name) {
        return query(request, name).map(text -> text.replace('/', '\0')).orElse("");
    }

    private static int limit(ServerRequest request) {
        try {
            int limit = Integer.parseInt(query(request, "limit").orElse(Integer.toString(USUAL)));
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw Problem.badRequest("limit is a whole number from 1 to 1000");
    }
}

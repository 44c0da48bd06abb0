package io.netsentinel.integrations;

import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import io.netsentinel.auth.Identity;
import io.netsentinel.channels.ChannelInfo;
import io.netsentinel.channels.Encryption;
import io.netsentinel.channels.HistoryPage;
import io.netsentinel.channels.HistoryRequest;
import io.netsentinel.channels.Hub;
import io.netsentinel.channels.Selection;
import io.netsentinel.channels.UnknownChannelException;
import io.netsentinel.events.Channel;
import io.netsentinel.events.Filter;
import io.netsentinel.events.FilterException;
import io.netsentinel.integrations.export.EventFormat;
import io.netsentinel.transport.ErrorCode;
import io.netsentinel.transport.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers `GET /api/events`.
final class EventsQuery {
    /// Where the next page begins, for formats that have no place for it.
    private static final HeaderName NEXT = HeaderNames.create("X-NetSentinel-Next");

    private static final Pattern AGO = Pattern.compile("-(\\d{1,9})([smhd])");

    private EventsQuery() {}

    /// What the audit trail says of an export; empty for what programs read.
    static Optional<String> exported(UriQuery query) {
        return first(query, "format")
                .filter(format -> !format.equals("json"))
                .map(format ->
                        "export of " + first(query, "channel").orElse("nothing") + " as " + format);
    }

    static void answer(Hub hub, Identity who, UriQuery query, ServerResponse response) {
        String format = first(query, "format").orElse("json");
        Optional<Export> export = export(format, query);
        HistoryPage page = page(hub, request(who, query));
        if (export.isEmpty()) {
            response.header(HeaderNames.CONTENT_TYPE, "application/json").send(page.toJson());
            return;
        }
        page.next().ifPresent(next -> response.header(NEXT, Long.toString(next)));
        response.header(HeaderNames.CONTENT_TYPE, export.get().type())
                .header(
                        HeaderNames.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + page.channel() + export.get().ending() + "\"")
                .send(export.get().writer().apply(page));
    }

    /// A form a page is given out in, other than the protocol's own.
    private record Export(String type, String ending, Function<HistoryPage, byte[]> writer) {}

    private static Optional<Export> export(String format, UriQuery query) {
        if (format.equals("json")) {
            return Optional.empty();
        }
        if (format.equals("csv")) {
            CsvExport csv = CsvExport.of(first(query, "fields").orElse(""));
            return Optional.of(new Export("text/csv; charset=utf-8", ".csv", csv::write));
        }
        EventFormat lines =
                EventFormat.of(format)
                        .orElseThrow(() -> Problem.badRequest("format is json, csv, ecs or ocsf"));
        return Optional.of(
                new Export("application/x-ndjson", "." + format + ".ndjson", lines::write));
    }

    private static HistoryPage page(Hub hub, HistoryRequest request) {
        requireReadable(hub, request.channel());
        requireReached(hub, request);
        try {
            return hub.history(request).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnknownChannelException) {
                throw Problem.notFound("there is no channel " + request.channel());
            }
            throw e;
        }
    }

    /// What may only go over encrypted connections is not given out in the open here.
    private static void requireReadable(Hub hub, String channel) {
        if (hub.channel(channel)
                .filter(info -> info.policy().encryption() == Encryption.REQUIRED)
                .isPresent()) {
            throw Problem.forbidden(
                    channel
                            + " goes only over WebSocket connections with message encryption"
                            + " (channels."
                            + channel
                            + ".encryption: required)");
        }
    }

    /// A position above the newest event is of a log that is no more: reading on from it would skip
    /// what comes now.
    private static void requireReached(Hub hub, HistoryRequest request) {
        if (request.reverse() || request.offset().isEmpty()) {
            return;
        }
        long offset = request.offset().getAsLong();
        Optional<Long> tail = hub.channel(request.channel()).map(ChannelInfo::tail);
        if (tail.isPresent() && offset > tail.get()) {
            throw new Problem(
                            410,
                            "Unrecoverable position",
                            "%s has no offset %d, its newest is %d: read anew without offset"
                                    .formatted(request.channel(), offset, tail.get()))
                    .with("code", ErrorCode.UNRECOVERABLE_POSITION.number())
                    .with("tail", tail.get());
        }
    }

    private static HistoryRequest request(Identity who, UriQuery query) {
        String channel = first(query, "channel").orElse("");
        if (!Channel.valid(channel)) {
            throw Problem.badRequest("channel is missing or no name of a channel");
        }
        if (!who.mayRead(channel)) {
            throw Problem.forbidden("no permission to read " + channel);
        }
        HistoryRequest request = HistoryRequest.of(channel).selecting(selection(who, query));
        Optional<Long> offset = number(query, "offset", 0, Long.MAX_VALUE);
        if (offset.isPresent()) {
            request = request.from(offset.get());
        }
        Optional<String> since = first(query, "since");
        if (since.isPresent()) {
            request = request.since(time(since.get()));
        }
        Optional<Long> limit = number(query, "limit", 1, 1_000);
        if (limit.isPresent()) {
            request = request.limit(limit.get().intValue());
        }
        return flag(query, "reverse") ? request.backwards() : request;
    }

    private static Optional<String> first(UriQuery query, String name) {
        return query.first(name).asOptional().filter(value -> !value.isEmpty());
    }

    private static Selection selection(Identity who, UriQuery query) {
        Selection wanted = first(query, "filter").map(EventsQuery::filter).orElse(Selection.all());
        return who.rows().map(rows -> Selection.of(rows).and(wanted)).orElse(wanted);
    }

    private static Selection filter(String text) {
        try {
            return Selection.of(Filter.parse(text));
        } catch (FilterException e) {
            throw Problem.badRequest("filter, column " + e.column() + ": " + e.getMessage())
                    .with("code", ErrorCode.BAD_FILTER.number())
                    .with("column", e.column());
        }
    }

    private static Optional<Long> number(UriQuery query, String name, long least, long most) {
        return first(query, name)
                .map(text -> {
                    if (text.matches("\\d{1,18}")) {
                        long number = Long.parseLong(text);
                        if (number >= least && number <= most) {
                            return number;
                        }
                    }
                    throw Problem.badRequest(
                            name
                                    + " is a number"
                                    + (most == Long.MAX_VALUE
                                            ? " of at least " + least
                                            : " from " + least + " to " + most));
                });
    }

    static Instant time(String text) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long amount = Long.parseLong(ago.group(1));
            Duration duration =
                    switch (ago.group(2)) {
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    };
            return Instant.now().minus(duration);
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Problem.badRequest(
                    "since is a time such as 2026-01-31T12:00:00Z or how long ago, such as -15m");
        }
    }

    private static boolean flag(UriQuery query, String name) {
        String value = first(query, name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw Problem.badRequest(name + " is true or false");
        }
        return value.equals("true");
    }
}

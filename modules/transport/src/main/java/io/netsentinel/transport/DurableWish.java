package io.netsentinel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.channels.Expiry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// The members of `subscribe` that make it durable.
///
/// @param name the name its place is kept under
/// @param placed whether the client says itself where to begin
/// @param expiry what may be left out
record DurableWish(String name, boolean placed, Expiry expiry) {
    static final List<String> FIELDS = List.of("durable", "ttl", "maxBehind", "minPriority");

    private static final List<String> PLACES = List.of("offset", "since", "last", "positions");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
    private static final double LONGEST_TTL = Duration.ofDays(3_660).toSeconds();
    private static final int HIGHEST = 3;

    /// Reads them; empty when the subscription is not durable.
    static Optional<DurableWish> of(Command command) {
        Optional<String> name = command.optionalText("durable");
        if (name.isEmpty()) {
            for (String field : FIELDS) {
                if (command.fields().hasNonNull(field)) {
                    throw bad(field, "\"" + field + "\" needs \"durable\"");
                }
            }
            return Optional.empty();
        }
        if (!NAME.matcher(name.get()).matches()) {
            throw bad("durable", "\"durable\" is 1 to 64 of the characters A-Z a-z 0-9 . _ ~ -");
        }
        boolean placed = PLACES.stream().anyMatch(command.fields()::hasNonNull);
        return Optional.of(new DurableWish(name.get(), placed, expiry(command)));
    }

    private static Expiry expiry(Command command) {
        long ttl = ttl(command);
        OptionalLong behind = command.optionalNumber("maxBehind", 1, Long.MAX_VALUE);
        OptionalLong spared = command.optionalNumber("minPriority", 0, HIGHEST);
        if (spared.isPresent() && ttl == 0 && behind.isEmpty()) {
            throw bad(
                    "minPriority",
                    "\"minPriority\" says which events \"ttl\" and \"maxBehind\" spare: give one"
                            + " of them");
        }
        return new Expiry(ttl, behind.orElse(0), (int) spared.orElse(Expiry.NONE_SPARED), 0);
    }

    /// Milliseconds; 0 when there is none.
    static long ttl(Command command) {
        JsonNode ttl = command.fields().path("ttl");
        if (ttl.isMissingNode() || ttl.isNull()) {
            return 0;
        }
        double seconds = ttl.asDouble();
        if (!ttl.isNumber() || !(seconds > 0) || seconds > LONGEST_TTL) {
            throw bad("ttl", "\"ttl\" is a positive number of seconds, at most ten years");
        }
        return Math.max(1, Math.round(seconds * 1_000));
    }

    private static ProtocolException bad(String field, String message) {
        return new ProtocolException(ErrorCode.BAD_REQUEST, message, field);
    }
}

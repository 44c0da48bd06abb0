package io.netsentinel.transport;

import com.fasterxml.jackson.databind.JsonNode;
import io.netsentinel.events.Projection;
import java.util.List;

/// Reads the members of `subscribe` that say how much of the events is wanted.
final class WantedShape {
    private static final double HIGHEST_RATE = 10_000;
    private static final double LOWEST_RATE = 0.01;

    private WantedShape() {}

    /// Reads the member `fields`.
    ///
    /// @param json whether the format has fields
    static Projection fields(Command command, boolean json) {
        List<String> paths = command.texts("fields", Projection.MAX_PATHS);
        if (!command.fields().hasNonNull("fields")) {
            return Projection.all();
        }
        if (!json) {
            throw bad("fields", "\"fields\" needs the format json");
        }
        try {
            return Projection.of(paths);
        } catch (IllegalArgumentException e) {
            throw bad("fields", "\"fields\": " + e.getMessage());
        }
    }

    /// Reads the member `rate`.
    static double rate(Command command) {
        JsonNode rate = command.fields().path("rate");
        if (rate.isMissingNode() || rate.isNull()) {
            return 0;
        }
        double perSecond = rate.asDouble();
        if (!rate.isNumber() || !(perSecond >= LOWEST_RATE) || perSecond > HIGHEST_RATE) {
            throw bad("rate", "\"rate\" is the most events a second, 0.01 to 10000");
        }
        return perSecond;
    }

    private static ProtocolException bad(String field, String message) {
        return new ProtocolException(ErrorCode.BAD_REQUEST, message, field);
    }
}

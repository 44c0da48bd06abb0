package io.netsentinel.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;

/// Says what is wrong with a piece of JSON without repeating any of it: a parser's own message
/// quotes the input, and the input is an attacker's.
public final class JsonProblem {
    private JsonProblem() {}

    /// A reason that may be shown, with the column where it is known.
    public static String describe(IOException problem) {
        return switch (problem) {
            case StreamConstraintsException _ ->
                    "a limit is exceeded: nesting, number, name or string too long";
            case JsonEOFException _ -> "the JSON is not complete";
            case JsonProcessingException json -> syntax(json);
            default -> "not valid JSON";
        };
    }

    private static String syntax(JsonProcessingException problem) {
        String what =
                String.valueOf(problem.getMessage()).startsWith("Duplicate")
                        ? "a key is there twice"
                        : "not valid JSON";
        return problem.getLocation() == null
                ? what
                : what + " at column " + problem.getLocation().getColumnNr();
    }
}

package io.netsentinel.integrations;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netsentinel.integrations.spi.Option;
import io.netsentinel.queuing.QueueFullException;
import io.netsentinel.queuing.StorageDegradedException;
import io.netsentinel.transport.Json;
import io.netsentinel.transport.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// What making sources and making sinks have in common.
final class Made {
    private Made() {}

    /// The body of a request that makes one.
    ///
    /// @param options all members but `name` and `kind`
    record Wish(String name, String kind, ObjectNode options) {
        /// @throws Problem 400 when name or kind are missing
        static Wish of(ObjectNode body) {
            String name = Json.text(body, "name");
            String kind = Json.text(body, "kind");
            ObjectNode options = body.deepCopy();
            options.remove("name");
            options.remove("kind");
            return new Wish(name, kind, options);
        }
    }

    static Set<String> names(ObjectNode options) {
        Set<String> names = new TreeSet<>();
        options.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static void checkName(String name) {
        if (!name.matches("[a-zA-Z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("name: 1 to 64 letters, digits, . _ -");
        }
    }

    static NotChangeableException taken(String word, String name, Optional<Definition> definition) {
        return new NotChangeableException(
                "there is a "
                        + word
                        + " \""
                        + name
                        + "\" already, "
                        + (definition.isPresent()
                                ? "made here: delete it first"
                                : "of the configuration: choose another name"));
    }

    static NotChangeableException configured(String word, String name) {
        return new NotChangeableException(
                "the "
                        + word
                        + " \""
                        + name
                        + "\" stands in the server's configuration and can only be taken out there;"
                        + " it can be paused here");
    }

    /// Carries a change out.
    ///
    /// @throws Problem 400, 409 or 503 with the reason
    static <T> T change(Supplier<T> change) {
        try {
            return change.get();
        } catch (NotChangeableException e) {
            throw Problem.conflict(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof StorageDegradedException
                    || e.getCause() instanceof QueueFullException) {
                throw Problem.unavailable(
                        "nothing can be stored for now; nothing was changed",
                        Duration.ofSeconds(5));
            }
            throw e;
        }
    }

    /// Adds where one is from.
    static void describe(ObjectNode json, Optional<Definition> definition, List<Option> known) {
        json.put("origin", definition.isPresent() ? "made" : "configuration");
        definition.ifPresent(made -> {
            json.put("madeBy", made.user()).put("madeAt", made.time().toString());
            json.set("options", GivenOptions.shown(known, made.options()));
        });
    }
}

package io.netsentinel.integrations;

import java.util.Optional;

/// What came of trying a source or a sink.
///
/// @param subject `source NAME` or `sink NAME`
/// @param target what it reads from or sends to, for people
/// @param problem why that does not work; empty when nothing is known against it
public record Examined(String subject, String target, Optional<String> problem) {
    static Examined source(String name, String path, Optional<String> problem) {
        return new Examined("source " + name, path, problem);
    }

    static Examined sink(String name, String target, Optional<String> problem) {
        return new Examined("sink " + name, target, problem);
    }
}

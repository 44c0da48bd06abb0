package io.netsentinel.app.config;

import java.util.List;
import java.util.stream.Collectors;

/// The configuration cannot be used.
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    ConfigurationException(List<Problem> problems) {
        this(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }

    private ConfigurationException(String text) {
        super(text);
        this.text = text;
    }

    /// One line for each problem.
    public String text() {
        return text;
    }
}

package io.netsentinel.app.config;

/// A text is not a value of the wanted type; the message says what was expected.
final class BadValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    BadValueException(String text) {
        super(text);
        this.text = text;
    }

    String text() {
        return text;
    }
}

package io.netsentinel.events;

import java.io.Serial;

/// A filter that cannot be understood: where, and why.
public final class FilterException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final int column;

    /// @param column where in the text, from 1
    /// @param message what is wrong and what would be right
    public FilterException(int column, String message) {
        super(message);
        this.column = column;
    }

    /// Where in the text of the filter it went wrong, from 1.
    public int column() {
        return column;
    }
}

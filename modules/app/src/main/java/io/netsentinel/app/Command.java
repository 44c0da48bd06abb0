package io.netsentinel.app;

import java.util.List;

/// One word after `netsentinel`.
interface Command {
    String name();

    /// What follows the options, as shown by `help`: for example `add NAME`, or nothing.
    default String operands() {
        return "";
    }

    /// One line without a full stop.
    String summary();

    default List<Option> options() {
        return List.of();
    }

    Exit run(Arguments arguments, Shell shell);
}

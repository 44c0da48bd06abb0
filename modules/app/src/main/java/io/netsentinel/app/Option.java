package io.netsentinel.app;

/// An option of a command. An empty `value` makes it a switch; otherwise it names the value in the
/// help text.
record Option(String name, String value, boolean repeatable, String help) {
    static Option of(String name, String value, String help) {
        return new Option(name, value, false, help);
    }

    static Option repeatable(String name, String value, String help) {
        return new Option(name, value, true, help);
    }

    static Option flag(String name, String help) {
        return new Option(name, "", false, help);
    }

    boolean takesValue() {
        return !value.isEmpty();
    }

    String synopsis() {
        return takesValue() ? name + " " + value : name;
    }
}

package io.netsentinel.queuing;

/// The rule for channel names, checked here again because a name becomes part of what is stored.
final class Names {

    private static final int LONGEST = 64;

    private Names() {}

    static String channel(String name) {
        if (name.isEmpty() || name.length() > LONGEST || !name.chars().allMatch(Names::allowed)) {
            throw new IllegalArgumentException(
                    "channel names are 1 to " + LONGEST + " characters of a-z 0-9 . _ -");
        }
        return name;
    }

    private static boolean allowed(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '_' || c == '-';
    }
}

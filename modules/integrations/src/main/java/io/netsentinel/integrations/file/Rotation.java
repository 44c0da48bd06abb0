package io.netsentinel.integrations.file;

import java.util.concurrent.TimeUnit;

/// A name that went to another file. For a while it is looked for generations in between: whoever
/// rotates may be in the midst of it, and a directory that changes while it is listed hides files.
/// It is longer than a short file is taken for a copy in the making.
///
/// @param name the name
/// @param since when the file that had it was last changed, milliseconds since 1970; generations
///   after it were changed then or later
/// @param until moment of `System.nanoTime()`
record Rotation(String name, long since, long until) {
    private static final long WHILE = TimeUnit.SECONDS.toNanos(3);

    static Rotation now(String name, long since) {
        return new Rotation(name, since, System.nanoTime() + WHILE);
    }

    boolean settled() {
        return System.nanoTime() - until > 0;
    }
}

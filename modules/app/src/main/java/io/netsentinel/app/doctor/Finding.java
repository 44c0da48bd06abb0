package io.netsentinel.app.doctor;

import java.util.Locale;

/// What one check of `netsentinel doctor` has found.
///
/// @param level how it is
/// @param subject what was looked at
/// @param text what was seen
/// @param remedy what to do about it; empty when nothing is to be done
public record Finding(Level level, String subject, String text, String remedy) {
    /// How something is.
    public enum Level {
        /// As it should be.
        OK,
        /// It works, and will or may not some day.
        WARNING,
        /// It does not work.
        PROBLEM
    }

    /// It is as it should be.
    public static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text, "");
    }

    /// It works, and will or may not some day.
    public static Finding warning(String subject, String text, String remedy) {
        return new Finding(Level.WARNING, subject, text, remedy);
    }

    /// It does not work.
    public static Finding problem(String subject, String text, String remedy) {
        return new Finding(Level.PROBLEM, subject, text, remedy);
    }

    /// One line for people; its texts are not escaped.
    public String line() {
        return "%-8s %s: %s%s"
                .formatted(
                        level.name().toLowerCase(Locale.ROOT),
                        subject,
                        text,
                        remedy.isEmpty() ? "" : " -> " + remedy);
    }
}

package io.netsentinel.integrations;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A configured source that reads files.
///
/// @param name its name, `[a-zA-Z0-9._-]{1,64}`; also the sensor's name when lines do not say one
/// @param path a file, or a pattern in the last part of a path, for example
///   `/var/log/suricata/eve.*.json`
/// @param format format of the lines, for example `eve`
/// @param start where reading begins when the source is seen for the first time
/// @param maxLine most bytes of a line; a longer one is skipped and counted
/// @param poll how often it is looked for new lines
/// @param silence how long a rotated file is watched for late lines after its last one
/// @param roots directories the files must lie in after links are followed; empty for everywhere
public record SourceSettings(
        String name,
        String path,
        String format,
        Start start,
        int maxLine,
        Duration poll,
        Duration silence,
        List<Path> roots) {
    private static final int MIB = 1 << 20;

    /// Where reading begins when a source is new.
    public enum Start {
        /// With what is there already.
        BEGIN,
        /// With what is written from now on.
        END
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public SourceSettings {
        roots = List.copyOf(roots);
        check(name.matches("[a-zA-Z0-9._-]{1,64}"), "name: 1 to 64 letters, digits, . _ -");
        check(!path.isBlank(), "path: a file or a pattern");
        check(maxLine >= 1_024 && maxLine <= 8 * MIB, "max-line: 1 KiB to 8 MiB");
        check(poll.toMillis() >= 1, "poll: at least 1 ms");
        check(!silence.isNegative(), "silence: not negative");
    }

    /// An EVE file, read from its beginning: lines up to 1 MiB, looked at every 10 ms, rotated
    /// files watched for 5 minutes.
    public static SourceSettings eve(String name, String path) {
        return new SourceSettings(
                name,
                path,
                "eve",
                Start.BEGIN,
                MIB,
                Duration.ofMillis(10),
                Duration.ofMinutes(5),
                List.of());
    }

    /// The same with another start.
    public SourceSettings withStart(Start value) {
        return new SourceSettings(name, path, format, value, maxLine, poll, silence, roots);
    }

    /// The same with another format.
    public SourceSettings withFormat(String value) {
        return new SourceSettings(name, path, value, start, maxLine, poll, silence, roots);
    }

    /// The same with another limit for lines.
    public SourceSettings withMaxLine(int value) {
        return new SourceSettings(name, path, format, start, value, poll, silence, roots);
    }

    /// The same with other times.
    public SourceSettings withTimes(Duration pollTime, Duration silenceTime) {
        return new SourceSettings(name, path, format, start, maxLine, pollTime, silenceTime, roots);
    }

    /// The same with directories the files must lie in.
    public SourceSettings withRoots(List<Path> value) {
        return new SourceSettings(name, path, format, start, maxLine, poll, silence, value);
    }

    private static void check(boolean fine, String rule) {
        if (!fine) {
            throw new IllegalArgumentException(rule);
        }
    }
}

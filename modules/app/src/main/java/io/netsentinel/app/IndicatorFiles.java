package io.netsentinel.app;

import io.netsentinel.detection.Indicators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Lists of bad names and addresses.
final class IndicatorFiles {
    /// More than any list, and little memory.
    private static final int MOST = 1_000_000;

    private IndicatorFiles() {}

    /// Reads the files.
    ///
    /// @throws IllegalArgumentException naming the file, and the line when it is one
    static Indicators read(List<String> files) {
        List<String> all = new ArrayList<>();
        for (String file : files) {
            try {
                List<String> lines = Files.readAllLines(Path.of(file));
                // for its errors: the numbers of lines are those of the file
                Indicators _ = Indicators.of(lines);
                all.addAll(lines);
            } catch (IOException _) {
                throw new IllegalArgumentException(
                        "indicators: " + file + " cannot be read as text");
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "indicators: " + file + ": " + e.getMessage(), e);
            }
        }
        if (all.size() > MOST) {
            throw new IllegalArgumentException("indicators: more than " + MOST + " lines");
        }
        return Indicators.of(all);
    }
}

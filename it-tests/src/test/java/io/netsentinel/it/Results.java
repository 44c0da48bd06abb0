package io.netsentinel.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The figures of one benchmark: printed at its end and kept in `target/bench`, as lines of a table
/// (`NAME.txt`) and as JSON (`NAME.json`), with what a reference did in the same run beside them.
final class Results implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String benchmark;
    private final List<String> table = new ArrayList<>();
    private final ObjectNode json = JSON.createObjectNode();
    private final ArrayNode figures = json.putArray("figures");

    private Results(String benchmark) {
        this.benchmark = benchmark;
        json.put("benchmark", benchmark);
        json.put("at", Instant.now().toString());
        json.put("processors", Runtime.getRuntime().availableProcessors());
    }

    /// The results of a benchmark; those of its last run are written over.
    static Results of(String benchmark) {
        return new Results(benchmark);
    }

    /// A figure.
    ///
    /// @param what it is a figure of, in words
    /// @param unit `1/s`, `ms`, `MiB`, `us`
    void add(String what, double value, String unit) {
        table.add(line(what, value, unit));
        figure(what, value, unit);
    }

    /// A whole figure.
    void add(String what, long value, String unit) {
        add(what, (double) value, unit);
    }

    /// A figure beside that of a reference.
    void add(String what, double value, String unit, String reference, double theirs) {
        table.add(
                line(what, value, unit)
                        + String.format(
                                Locale.ROOT,
                                "   %s %s, ratio %.2f",
                                reference,
                                number(theirs),
                                value / theirs));
        figure(what, value, unit)
                .put("reference", reference)
                .put("theirs", theirs)
                .put("ratio", value / theirs);
    }

    private ObjectNode figure(String what, double value, String unit) {
        return figures.addObject().put("what", what).put("value", value).put("unit", unit);
    }

    private String line(String what, double value, String unit) {
        return String.format(
                Locale.ROOT, "%-14s %-44s %12s %-4s", benchmark, what, number(value), unit);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 100 ? "%.2f" : "%,.0f", value);
    }

    @Override
    public void close() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "bench"));
            Files.write(folder.resolve(benchmark + ".txt"), table);
            JSON.writerWithDefaultPrettyPrinter()
                    .writeValue(folder.resolve(benchmark + ".json").toFile(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        table.forEach(System.out::println);
    }
}

package io.netsentinel.integrations.enrich;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.IpAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/// The assets of a CSV file, found by address; of nested ranges the narrowest counts. A line that
/// cannot be read is named and left out, the others count.
public final class AssetTable {
    /// No assets.
    public static final AssetTable EMPTY = new AssetTable();

    private static final long MOST_BYTES = 32L << 20;
    private static final int MOST_ASSETS = 500_000;
    private static final int MOST_PROBLEMS = 100;

    private final Map<Cidr, Asset> assets = new HashMap<>();
    private final NavigableSet<Integer> prefixes = new TreeSet<>(Comparator.reverseOrder());
    private final List<Problem> problems = new ArrayList<>();
    private int bad;

    private AssetTable() {}

    /// A line that is not used.
    ///
    /// @param line its number, from 1
    /// @param text what is wrong with it
    public record Problem(int line, String text) {}

    /// Reads a file.
    ///
    /// @throws IOException when it cannot be read or is too large
    public static AssetTable read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException("it is larger than 32 MiB");
        }
        AssetTable table = new AssetTable();
        // bytes that are no UTF-8 are replaced: one bad name must not cost all others
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            table.read(reader);
        }
        return table;
    }

    private void read(BufferedReader reader) throws IOException {
        Optional<AssetColumns> columns = Optional.empty();
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            try {
                List<String> cells = CsvLine.cells(text);
                if (columns.isEmpty()) {
                    Optional<AssetColumns> named = AssetColumns.named(cells);
                    columns = named.or(() -> Optional.of(AssetColumns.usual()));
                    if (named.isPresent()) {
                        continue;
                    }
                }
                add(columns.get().asset(cells, number));
            } catch (IllegalArgumentException e) {
                problem(number, String.valueOf(e.getMessage()));
            }
        }
    }

    private void problem(int line, String text) {
        bad++;
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(line, text));
        }
    }

    private void add(Asset asset) {
        if (assets.size() == MOST_ASSETS) {
            throw new IllegalArgumentException("there are more than " + MOST_ASSETS + " assets");
        }
        Asset before = assets.putIfAbsent(asset.range(), asset);
        if (before != null) {
            throw new IllegalArgumentException(
                    asset.range() + " is there already, in line " + before.line());
        }
        prefixes.add(asset.range().prefix());
    }

    /// How many assets there are.
    public int size() {
        return assets.size();
    }

    /// The first hundred lines that are not used.
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /// How many lines are not used.
    public int bad() {
        return bad;
    }

    Optional<Asset> find(IpAddress address) {
        for (int prefix : prefixes) {
            Asset asset = assets.get(Cidr.around(address, prefix));
            if (asset != null) {
                return Optional.of(asset);
            }
        }
        return Optional.empty();
    }
}

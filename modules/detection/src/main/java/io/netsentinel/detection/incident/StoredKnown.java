package io.netsentinel.detection.incident;

import io.netsentinel.queuing.Table;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the tables say.
final class StoredKnown implements Known {
    private final IncidentTables tables;

    StoredKnown(IncidentTables tables) {
        this.tables = tables;
    }

    @Override
    public Map<String, List<Span>> spans(Collection<String> keys) {
        Map<String, List<Span>> spans = new HashMap<>();
        tables.keys()
                .getAll(keys)
                .forEach((key, value) -> spans.put(key, Span.read(Optional.of(value))));
        return spans;
    }

    @Override
    public Optional<Kept> incident(String id) {
        return tables.row(id);
    }

    @Override
    public int open() {
        return tables.open().scan("", Table.END, 100_000).size();
    }
}

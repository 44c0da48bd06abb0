package io.netsentinel.integrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netsentinel.events.Ulid;
import io.netsentinel.integrations.bus.BusOptions;
import io.netsentinel.integrations.spi.Options;
import io.netsentinel.queuing.Store;
import io.netsentinel.queuing.StoreBatch;
import io.netsentinel.queuing.Table;
import java.util.Map;

/// What this server calls itself where events are passed on: an id that is made once for a data
/// directory and kept there.
final class Node {
    private static final String KEY = "id";

    private Node() {}

    /// The id; it is made when there is none.
    static String id(Store store) {
        Table table = store.table("node");
        return table.get(KEY)
                .map(bytes -> new String(bytes, UTF_8))
                .orElseGet(() -> {
                    String fresh = Ulid.next();
                    // one that is lost in a crash right now is made again
                    var _ = store.commit(new StoreBatch().put(table, KEY, fresh.getBytes(UTF_8)));
                    return fresh;
                });
    }

    /// Options that say it besides.
    static Options in(Options options, String node) {
        return options.with(new Options(options.name(), Map.of(BusOptions.NODE, node)));
    }
}

package io.netsentinel.integrations.eve;

import io.netsentinel.integrations.record.Conversion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A place in an EVE record: which keys below it matter, and what its own value becomes.
final class EveNode {
    /// What a value becomes.
    record Target(String field, Conversion conversion) {}

    private final Map<String, EveNode> children = new HashMap<>();
    private Optional<Target> target = Optional.empty();

    private EveNode() {}

    /// The tree of all tables together.
    static EveNode tree(String... tables) {
        EveNode root = new EveNode();
        for (String table : tables) {
            table.lines().forEach(root::add);
        }
        return root;
    }

    private void add(String line) {
        String[] words = line.split("( -> | )", -1);
        EveNode node = this;
        for (String key : words[0].split("\\.", -1)) {
            node = node.children.computeIfAbsent(key, _ -> new EveNode());
        }
        Conversion conversion = words.length > 2 ? Conversion.of(words[2]) : Conversion.KEEP;
        node.target = Optional.of(new Target(words[1], conversion));
    }

    @Nullable EveNode child(String key) {
        return children.get(key);
    }

    Optional<Target> target() {
        return target;
    }
}

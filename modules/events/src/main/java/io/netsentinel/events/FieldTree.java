package io.netsentinel.events;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The known fields as they nest in JSON: a reader goes down with the objects and need not join
/// paths and look them up.
final class FieldTree {
    static final FieldTree ROOT = of(Field.all());

    private final Map<String, FieldTree> children = new HashMap<>();
    private final String path;
    private final byte[] name;
    private @Nullable Field field;
    private @Nullable FieldTree[] byName = new FieldTree[1];

    private FieldTree(String path, String name) {
        this.path = path;
        this.name = name.getBytes(StandardCharsets.UTF_8);
    }

    static FieldTree of(Iterable<Field> fields) {
        FieldTree root = new FieldTree("", "");
        for (Field field : fields) {
            FieldTree node = root;
            for (String segment : field.segments()) {
                String below = join(node.path, segment);
                node = node.children.computeIfAbsent(segment, _ -> new FieldTree(below, segment));
            }
            node.field = field;
        }
        root.index();
        return root;
    }

    /// Lays the children out by their names' bytes.
    private void index() {
        byName = new FieldTree[Integer.highestOneBit(children.size() * 4 + 1)];
        for (FieldTree child : children.values()) {
            int at = slot(child.name, 0, child.name.length);
            while (byName[at] != null) {
                at = next(at);
            }
            byName[at] = child;
            child.index();
        }
    }

    private int slot(byte[] bytes, int from, int to) {
        int hash = to > from ? bytes[from] * 31 + bytes[to - 1] * 7 + (to - from) * 131 : 0;
        return (hash ^ hash >>> 6) & (byName.length - 1);
    }

    private int next(int at) {
        return (at + 1) & (byName.length - 1);
    }

    /// The child whose name is these bytes.
    @Nullable FieldTree child(byte[] bytes, int from, int to) {
        for (int at = slot(bytes, from, to); byName[at] != null; at = next(at)) {
            FieldTree child = byName[at];
            if (child != null && Arrays.equals(child.name, 0, child.name.length, bytes, from, to)) {
                return child;
            }
        }
        return null;
    }

    @Nullable FieldTree child(String segment) {
        return children.get(segment);
    }

    static String join(String path, String segment) {
        return path.isEmpty() ? segment : path + "." + segment;
    }

    String path() {
        return path;
    }

    /// The known field that ends here.
    @Nullable Field field() {
        return field;
    }
}

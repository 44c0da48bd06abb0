package io.netsentinel.events;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The known fields as they nest in JSON: a reader goes down with the objects and need not join
/// paths and look them up.
final class FieldTree {
    static final FieldTree ROOT = of(Field.all());

    private final Map<String, FieldTree> children = new HashMap<>();
    private final String path;
    private @Nullable Field field;

    private FieldTree(String path) {
        this.path = path;
    }

    static FieldTree of(Iterable<Field> fields) {
        FieldTree root = new FieldTree("");
        for (Field field : fields) {
            FieldTree node = root;
            for (String segment : field.segments()) {
                String below = join(node.path, segment);
                node = node.children.computeIfAbsent(segment, _ -> new FieldTree(below));
            }
            node.field = field;
        }
        return root;
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

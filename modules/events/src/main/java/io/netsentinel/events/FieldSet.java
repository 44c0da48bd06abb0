package io.netsentinel.events;

import java.util.Collection;

/// Fields that a reader wants of events; what else there is, is passed over undecoded.
public final class FieldSet {
    private final FieldTree tree;

    private FieldSet(FieldTree tree) {
        this.tree = tree;
    }

    /// The fields of these paths.
    ///
    /// @param paths dotted paths such as `source.ip`
    public static FieldSet of(Collection<String> paths) {
        return new FieldSet(FieldTree.of(paths.stream().map(Field::of).toList()));
    }

    FieldTree tree() {
        return tree;
    }
}

package io.netsentinel.app.config;

import io.netsentinel.integrations.Kinds;
import java.util.List;

/// The kinds there are, in words.
final class KindList {
    private KindList() {}

    /// `` `a`, `b` or `c` ``.
    static String text(Kinds<?> kinds) {
        List<String> names = kinds.all().stream().map(kind -> "`" + kind.kind() + "`").toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }
}

package io.netsentinel.app.config;

import java.util.List;

/// Settings that belong together.
record Section(String title, String intro, List<Key<?>> keys) {
    static Section of(String title, String intro, List<Key<?>> keys) {
        return new Section(title, intro, List.copyOf(keys));
    }

    static Section of(String title, String intro, Key<?>... keys) {
        return new Section(title, intro, List.of(keys));
    }
}

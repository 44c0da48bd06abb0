package io.netsentinel.integrations;

import java.util.List;

/// A plug-in that was found.
///
/// @param name its jar, or its folder when it is several jars
/// @param provides what it brings: `source hello`, `sink list`, `format hello`; empty when it is
///   broken
/// @param problem why it is not used; empty when it is
public record Plugin(String name, List<String> provides, String problem) {
    public Plugin {
        provides = List.copyOf(provides);
    }

    static Plugin broken(String name, String problem) {
        return new Plugin(name, List.of(), problem);
    }
}

package io.netsentinel.app.config;

import io.netsentinel.integrations.Kinds;
import io.netsentinel.integrations.spi.Kind;
import io.netsentinel.integrations.spi.Option;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The settings of the kinds of sources or sinks: every kind brings its own, and what several have
/// is one key.
final class OptionKeys {
    private OptionKeys() {}

    /// @param parent what they stand below: `sources`
    static List<Key<?>> of(String parent, Kinds<?> kinds) {
        Map<String, Map<Option, List<String>>> byName = new LinkedHashMap<>();
        for (Kind kind : kinds.all()) {
            for (Option option : kind.options()) {
                byName.computeIfAbsent(option.name(), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(option, _ -> new ArrayList<>())
                        .add(kind.kind());
            }
        }
        List<Key<?>> keys = new ArrayList<>();
        byName.forEach((name, uses) -> keys.add(key(parent + ".*." + name, uses)));
        return List.copyOf(keys);
    }

    private static Key<?> key(String name, Map<Option, List<String>> uses) {
        Option first = uses.keySet().iterator().next();
        String help =
                uses.entrySet().stream()
                        .map(use -> kinds(use.getValue()) + ": " + use.getKey().help())
                        .collect(Collectors.joining(" "));
        ValueType<?> type = type(first.type());
        return uses.keySet().stream().anyMatch(Option::secret)
                ? Key.secret(name, type, first.example(), help)
                : Key.optional(name, type, first.example(), help);
    }

    private static String kinds(List<String> names) {
        return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    private static ValueType<?> type(Option.Type type) {
        return switch (type) {
            case Option.Type.Text _ -> ValueTypes.TEXT;
            case Option.Type.Texts _ -> ValueTypes.TEXTS;
            case Option.Type.Flag _ -> ValueTypes.FLAG;
            case Option.Type.Count count ->
                    ValueTypes.count(count.words(), count.least(), count.most());
            case Option.Type.Size _ -> ValueTypes.SIZE;
            case Option.Type.Time _ -> ValueTypes.DURATION;
            case Option.Type.File _ -> ValueTypes.PATH;
            case Option.Type.Files _ -> ValueTypes.TEXT;
            case Option.Type.Choice choice -> ValueTypes.choice(choice.words());
        };
    }
}

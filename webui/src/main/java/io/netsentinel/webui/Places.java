package io.netsentinel.webui;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where countries lie on the map of the world: their middle, for nothing better is known of an
/// address.
final class Places {
    /// Addresses without a country: the own networks, in the sea below, where nobody lives.
    static final String HOME = "";

    private static final Point HOME_AT = new Point(440, 412);

    private final Map<String, Point> points = new HashMap<>();

    private Places() {}

    /// A place on the map, 1,000 wide and 440 high.
    record Point(int x, int y) {}

    static Places load() {
        Places places = new Places();
        for (String line : ModuleTemplates.read("places.properties").split("\n", -1)) {
            int equals = line.indexOf('=');
            int space = line.indexOf(' ');
            if (equals > 0 && space > equals) {
                places.points.put(
                        line.substring(0, equals),
                        new Point(
                                Integer.parseInt(line.substring(equals + 1, space)),
                                Integer.parseInt(line.substring(space + 1).strip())));
            }
        }
        return places;
    }

    /// @param code of two letters, or [#HOME]
    Optional<Point> of(String code) {
        return code.equals(HOME) ? Optional.of(HOME_AT) : Optional.ofNullable(points.get(code));
    }

    /// The name of a country in English.
    static String name(String code) {
        if (code.equals(HOME)) {
            return "Own networks";
        }
        String name = Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
        return name.isEmpty() ? code : name;
    }

    /// All of them with their names, for scripts: `AT=523 96 Austria;…`.
    String text() {
        return Stream.concat(Stream.of(HOME), points.keySet().stream().sorted())
                .map(code -> {
                    Point at = of(code).orElse(HOME_AT);
                    return code + "=" + at.x() + " " + at.y() + " " + name(code);
                })
                .collect(Collectors.joining(";"));
    }
}

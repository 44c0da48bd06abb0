package io.netsentinel.integrations.enrich;

import io.netsentinel.events.Cidr;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which cell of a line means what. The first line says so; without such a line it is address,
/// name, owner, criticality.
final class AssetColumns {
    private static final Set<String> ADDRESS = Set.of("address", "address_or_cidr", "cidr", "ip");
    private static final Set<String> CRITICALITY = Set.of("low", "medium", "high", "critical");
    private static final List<String> USUAL = List.of("address", "name", "owner", "criticality");
    private static final int LONGEST = 256;

    private final Map<String, Integer> places = new HashMap<>();

    private AssetColumns(List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).toLowerCase(Locale.ROOT);
            places.putIfAbsent(ADDRESS.contains(name) ? "address" : name, i);
        }
    }

    static AssetColumns usual() {
        return new AssetColumns(USUAL);
    }

    /// What a first line names; empty when it is an asset already.
    ///
    /// @throws IllegalArgumentException when it is neither
    static Optional<AssetColumns> named(List<String> first) {
        AssetColumns named = new AssetColumns(first);
        if (named.places.containsKey("address")) {
            return Optional.of(named);
        }
        if (Cidr.parse(first.getFirst()).isPresent()) {
            return Optional.empty();
        }
        throw new IllegalArgumentException(
                "expected a line that names the columns, such as address,name,owner,criticality");
    }

    /// The asset of a line.
    ///
    /// @throws IllegalArgumentException when a cell cannot be what it should be
    Asset asset(List<String> cells, int line) {
        String address = cell(cells, "address");
        return new Asset(
                Cidr.parse(address)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        quoted(address)
                                                + " is no address or range such as 10.0.0.0/8")),
                cell(cells, "name"),
                cell(cells, "owner"),
                criticality(cell(cells, "criticality").toLowerCase(Locale.ROOT)),
                country(cell(cells, "country").toUpperCase(Locale.ROOT)),
                place(cells),
                line);
    }

    private String cell(List<String> cells, String name) {
        Integer place = places.get(name);
        String text = place == null || place >= cells.size() ? "" : cells.get(place);
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    name + " is longer than " + LONGEST + " characters or has a control character");
        }
        return text;
    }

    private static String criticality(String text) {
        if (!text.isEmpty() && !CRITICALITY.contains(text)) {
            throw new IllegalArgumentException(
                    "criticality " + quoted(text) + " is none of low, medium, high, critical");
        }
        return text;
    }

    private static String country(String text) {
        if (!text.isEmpty() && !text.matches("[A-Z]{2}")) {
            throw new IllegalArgumentException(
                    "country " + quoted(text) + " is no code of two letters such as DE");
        }
        return text;
    }

    private Optional<Asset.Place> place(List<String> cells) {
        String latitude = cell(cells, "latitude");
        String longitude = cell(cells, "longitude");
        if (latitude.isEmpty() && longitude.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Asset.Place(
                        degrees("latitude", latitude, 90), degrees("longitude", longitude, 180)));
    }

    private static double degrees(String name, String text, int most) {
        if (text.matches("-?\\d{1,3}(\\.\\d{1,9})?")) {
            double value = Double.parseDouble(text);
            if (Math.abs(value) <= most) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                name + " " + quoted(text) + " is no number from -" + most + " to " + most);
    }

    private static String quoted(String text) {
        return '"' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '"';
    }
}

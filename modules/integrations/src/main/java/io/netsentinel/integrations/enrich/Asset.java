package io.netsentinel.integrations.enrich;

import io.netsentinel.events.Cidr;
import java.util.Optional;

/// A host or network somebody has a name for.
///
/// @param range its address or addresses
/// @param name what people call it; may be empty
/// @param owner who is responsible for it; may be empty
/// @param criticality how much depends on it; may be empty
/// @param country where it stands, two letters; may be empty
/// @param place where it stands exactly
/// @param line where it stands in the file
record Asset(
        Cidr range,
        String name,
        String owner,
        String criticality,
        String country,
        Optional<Place> place,
        int line) {
    /// A place on earth, in degrees.
    record Place(double latitude, double longitude) {}
}

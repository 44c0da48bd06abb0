package io.netsentinel.integrations.enrich;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Looks addresses up, and remembers what was found: the same ones come again and again. Any
/// thread. Made anew when the files it rests on change.
public final class Directory {
    private static final int MOST_REMEMBERED = 65_536;
    private static final Event INTERNAL = direction("internal");
    private static final Event OUTBOUND = direction("outbound");
    private static final Event INBOUND = direction("inbound");
    private static final Event EXTERNAL = direction("external");

    private final Optional<Countries> countries;
    private final AssetTable assets;
    private final List<Cidr> home;
    private final ConcurrentMap<String, Host> remembered = new ConcurrentHashMap<>();

    /// @param home the home networks; empty for all private addresses
    public Directory(Optional<Countries> countries, AssetTable assets, List<Cidr> home) {
        this.countries = countries;
        this.assets = assets;
        this.home = List.copyOf(home);
    }

    private static Event direction(String text) {
        return Event.builder().put(Fields.NETWORK_DIRECTION, text).part();
    }

    /// The event with what is known of its addresses. What it says itself stays.
    public Event complete(Event event) {
        String from = event.text(Fields.SOURCE_IP);
        String to = event.text(Fields.DESTINATION_IP);
        if (from.isEmpty() && to.isEmpty()) {
            return event;
        }
        Host source = host(from);
        Host destination = host(to);
        List<Event> parts = new ArrayList<>(3);
        parts.add(source.source());
        parts.add(destination.destination());
        if (source.address() && destination.address()) {
            parts.add(direction(source, destination));
        }
        return event.completedBy(parts);
    }

    private static Event direction(Host source, Host destination) {
        boolean within = destination.home() || (destination.many() && source.home());
        if (source.home()) {
            return within ? INTERNAL : OUTBOUND;
        }
        return within ? INBOUND : EXTERNAL;
    }

    private Host host(String text) {
        if (text.isEmpty()) {
            return Host.UNKNOWN;
        }
        Host known = remembered.get(text);
        if (known != null) {
            return known;
        }
        Host found = IpAddress.parse(text).map(this::found).orElse(Host.UNKNOWN);
        if (remembered.size() >= MOST_REMEMBERED) {
            // forged addresses come once; the usual ones are soon found again
            remembered.clear();
        }
        remembered.put(text, found);
        return found;
    }

    private Host found(IpAddress address) {
        Scope scope = Scope.of(address);
        Optional<Asset> asset = assets.find(address);
        String country =
                asset.map(Asset::country)
                        .filter(code -> !code.isEmpty())
                        .or(() -> looked(scope, address))
                        .orElse("");
        boolean own =
                home.isEmpty()
                        ? scope == Scope.PRIVATE
                                || scope == Scope.LOOPBACK
                                || scope == Scope.LINK_LOCAL
                        : home.stream().anyMatch(range -> range.contains(address));
        return new Host(
                fields("source", scope, country, asset),
                fields("destination", scope, country, asset),
                own,
                scope == Scope.MULTICAST,
                true);
    }

    private Optional<String> looked(Scope scope, IpAddress address) {
        return scope == Scope.PUBLIC
                ? countries.flatMap(database -> database.country(address))
                : Optional.empty();
    }

    private static Event fields(String side, Scope scope, String country, Optional<Asset> asset) {
        Event.Builder fields = Event.builder();
        fields.put("ns." + side + ".scope", scope.text());
        fields.putText(side + ".geo.country_iso_code", country);
        asset.ifPresent(known -> {
            fields.putText(side + ".domain", known.name());
            fields.putText("ns." + side + ".asset", known.name());
            fields.putText("ns." + side + ".owner", known.owner());
            fields.putText("ns." + side + ".criticality", known.criticality());
            known.place()
                    .ifPresent(place -> {
                        fields.put(side + ".geo.location.lat", place.latitude());
                        fields.put(side + ".geo.location.lon", place.longitude());
                    });
        });
        return fields.part();
    }
}

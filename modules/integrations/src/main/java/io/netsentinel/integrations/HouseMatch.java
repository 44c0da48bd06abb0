package io.netsentinel.integrations;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.Event;
import io.netsentinel.events.Fields;
import io.netsentinel.events.IpAddress;
import java.util.Optional;

/// Which alerts a rule of the house means: those that meet everything that is given.
///
/// @param signature the signature's number, `rule.id`
/// @param address an address or network at either end
/// @param source an address or network the traffic comes from
/// @param destination an address or network it goes to
/// @param sensor the sensor's name
public record HouseMatch(
        Optional<String> signature,
        Optional<Cidr> address,
        Optional<Cidr> source,
        Optional<Cidr> destination,
        Optional<String> sensor) {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when nothing is given: such a rule would mean every alert
    public HouseMatch {
        if (signature.isEmpty()
                && address.isEmpty()
                && source.isEmpty()
                && destination.isEmpty()
                && sensor.isEmpty()) {
            throw new IllegalArgumentException(
                    "a rule needs at least one of signature, address, source, destination and"
                            + " sensor: without any it would mean every alert");
        }
    }

    /// Whether an alert is meant.
    public boolean meets(Event event) {
        return signature.filter(id -> !id.equals(event.text(Fields.RULE_ID))).isEmpty()
                && sensor.filter(name -> !name.equals(event.text(Fields.OBSERVER_NAME))).isEmpty()
                && source.filter(range -> !holds(range, event, Fields.SOURCE_IP)).isEmpty()
                && destination
                        .filter(range -> !holds(range, event, Fields.DESTINATION_IP))
                        .isEmpty()
                && address.filter(range -> !eitherEnd(range, event)).isEmpty();
    }

    private static boolean eitherEnd(Cidr range, Event event) {
        return holds(range, event, Fields.SOURCE_IP) || holds(range, event, Fields.DESTINATION_IP);
    }

    private static boolean holds(Cidr range, Event event, String field) {
        return IpAddress.parse(event.text(field)).filter(range::contains).isPresent();
    }
}

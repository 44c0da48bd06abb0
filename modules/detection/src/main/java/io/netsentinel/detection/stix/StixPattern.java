package io.netsentinel.detection.stix;

import io.netsentinel.events.IpAddress;
import java.util.Optional;

/// Patterns of traffic between addresses. Only canonical addresses get into one, never other text
/// from the network.
final class StixPattern {
    private StixPattern() {}

    static String of(String source, String destination) {
        Optional<String> from = part("src_ref", source);
        Optional<String> to = part("dst_ref", destination);
        if (from.isEmpty() && to.isEmpty()) {
            return "[network-traffic:is_active = true]";
        }
        String both = from.isPresent() && to.isPresent() ? " AND " : "";
        return "[" + from.orElse("") + both + to.orElse("") + "]";
    }

    private static Optional<String> part(String end, String address) {
        return IpAddress.parse(address)
                .map(parsed -> "network-traffic:%s.value = '%s'".formatted(end, parsed.text()));
    }
}

package io.netsentinel.websocket;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The negotiation of permessage-deflate (RFC 7692 7.1).
///
/// Context takeover is always declined, in both directions: a connection then keeps no window
/// between two messages (about 300 KB), and a message compressed once suits every connection.
final class DeflateOffers {
    private static final String NAME = "permessage-deflate";
    private static final String ANSWER =
            NAME + "; server_no_context_takeover; client_no_context_takeover";
    private static final String SERVER_BITS = "server_max_window_bits";
    private static final Pattern BITS = Pattern.compile("[89]|1[0-5]");

    private DeflateOffers() {}

    /// The answer to the first offer that can be honoured, in the client's order.
    static Optional<String> answer(List<ExtensionOffer> offers) {
        return offers.stream()
                .filter(offer -> offer.name().equals(NAME))
                .map(DeflateOffers::answer)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> answer(ExtensionOffer offer) {
        Set<String> names = new HashSet<>();
        for (ExtensionOffer.Parameter parameter : offer.parameters()) {
            if (!names.add(parameter.name()) || !honoured(parameter)) {
                return Optional.empty();
            }
        }
        return Optional.of(
                names.contains(SERVER_BITS) ? ANSWER + "; server_max_window_bits=15" : ANSWER);
    }

    /// `java.util.zip` compresses with a window of 15 bits and no other, and decompresses whatever
    /// was compressed with any. So the server's bits cannot be fewer and the client's do not
    /// matter.
    private static boolean honoured(ExtensionOffer.Parameter parameter) {
        Optional<String> value = parameter.value();
        return switch (parameter.name()) {
            case "server_no_context_takeover", "client_no_context_takeover" -> value.isEmpty();
            case SERVER_BITS -> value.equals(Optional.of("15"));
            case "client_max_window_bits" -> value.isEmpty() || BITS.matcher(value.get()).matches();
            default -> false;
        };
    }
}

package io.netsentinel.tracing;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Ids of traces and spans. They identify; they are not secrets.
final class Ids {
    private static final HexFormat HEX = HexFormat.of();
    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int ULID = 26;
    private static final int BITS = 5;

    private Ids() {}

    static String span() {
        long id = ThreadLocalRandom.current().nextLong();
        return HEX.toHexDigits(id == 0 ? 1 : id);
    }

    /// The 128 bits of an event's ULID are its trace's: who has one has the other. An event with an
    /// id of another kind gets one that was drawn.
    static String trace(String event) {
        return ofUlid(event).orElseGet(() -> span() + span());
    }

    private static Optional<String> ofUlid(String text) {
        if (text.length() != ULID || text.charAt(0) > '7') {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < ULID; i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            if (digit < 0) {
                return Optional.empty();
            }
            high = high << BITS | low >>> (Long.SIZE - BITS);
            low = low << BITS | digit;
        }
        return high == 0 && low == 0
                ? Optional.empty()
                : Optional.of(HEX.toHexDigits(high) + HEX.toHexDigits(low));
    }
}

package io.netsentinel.detection.finding;

import java.util.Optional;
import java.util.Set;

/// A name in the DNS, cut where somebody registered it.
///
/// @param registered the domain somebody registered, `example.co.uk`
/// @param below what its owner put before it, without the dot; empty for the domain itself
record DomainName(String registered, String below) {
    /// Where countries sell names one level down: `co.uk`, `com.au`, `ac.jp`.
    private static final Set<String> SECOND_LEVEL =
            Set.of(
                    "ac", "co", "com", "edu", "gob", "gouv", "gov", "go", "gv", "id", "ltd", "me",
                    "mil", "ne", "net", "nom", "or", "org", "plc", "sch");

    private static final int COUNTRY = 2;

    /// Stands for the domain of names that end in none: whoever speaks to its own name server needs
    /// none.
    static final String NONE = "no domain";

    private static final int LONGEST_TOP = 24;

    /// Cuts a name; empty when nobody could have registered one: a single label, or the names of
    /// addresses.
    static Optional<DomainName> parse(String name) {
        String text = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        int last = text.lastIndexOf('.');
        if (last <= 0 || text.endsWith(".arpa") || text.endsWith(".local")) {
            return Optional.empty();
        }
        if (!top(text, last + 1)) {
            return Optional.of(new DomainName(NONE, text));
        }
        int second = text.lastIndexOf('.', last - 1);
        if (second > 0
                && text.length() - last - 1 == COUNTRY
                && SECOND_LEVEL.contains(text.substring(second + 1, last))) {
            second = text.lastIndexOf('.', second - 1);
        }
        return Optional.of(
                second < 0
                        ? new DomainName(text, "")
                        : new DomainName(text.substring(second + 1), text.substring(0, second)));
    }

    /// Top-level domains are made of letters, but for the encoded ones.
    private static boolean top(String text, int from) {
        if (text.startsWith("xn--", from)) {
            return true;
        }
        for (int i = from; i < text.length(); i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return text.length() - from >= COUNTRY && text.length() - from <= LONGEST_TOP;
    }
}

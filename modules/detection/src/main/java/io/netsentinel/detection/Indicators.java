package io.netsentinel.detection;

import io.netsentinel.events.Cidr;
import io.netsentinel.events.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Names and addresses that somebody says are bad.
public final class Indicators {
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z0-9-]{2,24}");
    private static final int LONGEST = 253;

    private final Set<String> domains = new HashSet<>();
    private final Set<IpAddress> addresses = new HashSet<>();
    private final List<Cidr> ranges = new ArrayList<>();

    private Indicators() {}

    /// None at all.
    public static Indicators none() {
        return new Indicators();
    }

    /// Reads lists: one domain, address or range a line; what follows `#` is a comment.
    ///
    /// @throws IllegalArgumentException when a line is none of them, with its number
    public static Indicators of(List<String> lines) {
        Indicators indicators = new Indicators();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!text.isEmpty() && !indicators.add(text.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + " is no domain, address or range");
            }
        }
        return indicators;
    }

    private boolean add(String text) {
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isPresent()) {
            addresses.add(address.get());
            return true;
        }
        Optional<Cidr> range = text.indexOf('/') < 0 ? Optional.empty() : Cidr.parse(text);
        if (range.isPresent()) {
            return ranges.add(range.get());
        }
        if (text.length() > LONGEST || !DOMAIN.matcher(text).matches()) {
            return false;
        }
        domains.add(text);
        return true;
    }

    /// Whether there are any.
    public boolean isEmpty() {
        return domains.isEmpty() && addresses.isEmpty() && ranges.isEmpty();
    }

    /// The listed domain that a name is, or lies below.
    public Optional<String> domain(String name) {
        String text = name.toLowerCase(Locale.ROOT);
        if (text.endsWith(".")) {
            text = text.substring(0, text.length() - 1);
        }
        if (domains.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        for (int from = 0; from >= 0; ) {
            String rest = text.substring(from);
            if (domains.contains(rest)) {
                return Optional.of(rest);
            }
            int dot = text.indexOf('.', from);
            from = dot < 0 ? -1 : dot + 1;
        }
        return Optional.empty();
    }

    /// The listed address, or range, that an address is or lies in.
    public Optional<String> address(String text) {
        if (addresses.isEmpty() && ranges.isEmpty()) {
            return Optional.empty();
        }
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isEmpty()) {
            return Optional.empty();
        }
        return addresses.contains(address.get())
                ? Optional.of(address.get().text())
                : ranges.stream()
                        .filter(range -> range.contains(address.get()))
                        .findFirst()
                        .map(Cidr::text);
    }
}

package io.netsentinel.integrations.sink;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Everything of a channel up to here is dealt with.
///
/// @param epoch the channel's epoch, empty when nothing was read yet
/// @param offset the last offset that is dealt with
public record Place(String epoch, long offset) {
    private static final Pattern FORM = Pattern.compile("([a-z2-7]{0,8}) (\\d{1,18})");

    byte[] encode() {
        return (epoch + " " + offset).getBytes(StandardCharsets.US_ASCII);
    }

    /// Empty for what another version wrote in another way.
    static Optional<Place> decode(byte[] bytes) {
        Matcher form = FORM.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        return form.matches()
                ? Optional.of(new Place(form.group(1), Long.parseLong(form.group(2))))
                : Optional.empty();
    }
}

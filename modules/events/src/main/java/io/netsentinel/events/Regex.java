package io.netsentinel.events;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.regex.Matcher;

/// Compiles regular expressions that run in linear time, and only small ones. Counted repetitions
/// multiply when they are nested (`((a{100}){100})`), so their product is bounded before anything
/// is compiled.
final class Regex {
    private static final int MAX_LENGTH = 256;
    private static final long MAX_SIZE = 10_000;
    private static final java.util.regex.Pattern REPEAT =
            java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");

    private Regex() {}

    static Pattern compile(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new PatternSyntaxException("longer than " + MAX_LENGTH + " characters", "");
        }
        long size = Math.max(text.length(), 1);
        Matcher repeats = REPEAT.matcher(text);
        while (repeats.find()) {
            String most = repeats.group(2);
            long times = Long.parseLong(most == null || most.isEmpty() ? repeats.group(1) : most);
            size *= Math.clamp(times, 1, MAX_SIZE);
            if (size > MAX_SIZE) {
                throw new PatternSyntaxException("it repeats too much", "");
            }
        }
        try {
            return Pattern.compile(text);
        } catch (StackOverflowError e) {
            throw new PatternSyntaxException("nested too deep", "");
        }
    }
}

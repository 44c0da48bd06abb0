package io.netsentinel.webui;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How far back a page looks, and how wide the bars of its timeline are then.
enum TimeRange {
    MINUTES_15("15m", "Last 15 minutes", Duration.ofMinutes(15), Duration.ofSeconds(10)),
    HOUR("1h", "Last hour", Duration.ofHours(1), Duration.ofSeconds(30)),
    HOURS_6("6h", "Last 6 hours", Duration.ofHours(6), Duration.ofMinutes(5)),
    DAY("24h", "Last 24 hours", Duration.ofDays(1), Duration.ofMinutes(20)),
    WEEK("7d", "Last 7 days", Duration.ofDays(7), Duration.ofHours(2)),
    /// Everything that is kept; not for a timeline.
    ALL("all", "All time", Duration.ZERO, Duration.ZERO);

    private final String key;
    private final String label;
    private final Duration length;
    private final Duration bucket;

    TimeRange(String key, String label, Duration length, Duration bucket) {
        this.key = key;
        this.label = label;
        this.length = length;
        this.bucket = bucket;
    }

    /// An entry of the select box.
    record Choice(String key, String label, boolean chosen) {}

    static Optional<TimeRange> parse(String key) {
        return Arrays.stream(values()).filter(range -> range.key.equals(key)).findFirst();
    }

    /// What the select box of a page offers.
    ///
    /// @param chosen empty when it is none of them
    static List<Choice> choices(Optional<TimeRange> chosen, List<TimeRange> offered) {
        return offered.stream()
                .map(range ->
                        new Choice(
                                range.key,
                                range.label,
                                chosen.filter(one -> one == range).isPresent()))
                .toList();
    }

    /// `Last 15 minutes`.
    String label() {
        return label;
    }

    String key() {
        return key;
    }

    /// `15 minutes`, `hour`, `24 hours`.
    String words() {
        return label.substring(label.indexOf(' ') + 1);
    }

    Duration length() {
        return length;
    }

    Duration bucket() {
        return bucket;
    }

    /// `10 s`, `5 min` or `2 h`.
    static String text(Duration length) {
        if (length.toSeconds() < 60) {
            return length.toSeconds() + " s";
        }
        return length.toMinutes() < 60 ? length.toMinutes() + " min" : length.toHours() + " h";
    }
}

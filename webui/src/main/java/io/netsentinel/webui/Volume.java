package io.netsentinel.webui;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// How many events came in over time, as bars of which a part can be chosen.
///
/// @param title what is counted
/// @param sub of which time and in which steps
/// @param summary the picture in one sentence
/// @param from where it begins, epoch milliseconds
/// @param to where it ends
/// @param bars a path in a box of 1000 by 60
/// @param ticks what stands below, from left to right
/// @param rows the same as a table, the latest first, without those where nothing came
record Volume(
        String title,
        String sub,
        String summary,
        long from,
        long to,
        String bars,
        List<String> ticks,
        List<Row> rows) {
    private static final double WIDE = 1_000;
    private static final double HIGH = 56;
    private static final int TICKS = 4;
    private static final int MINUTES = 16;
    private static final Duration DAY = Duration.ofDays(1);

    /// Copies the lists.
    Volume {
        ticks = List.copyOf(ticks);
        rows = List.copyOf(rows);
    }

    /// A bar that is not empty.
    ///
    /// @param at when it begins
    record Row(String at, String count) {}

    /// A bar.
    record Bar(Instant at, long count) {}

    /// Of bars that follow one another.
    ///
    /// @param title what is counted
    /// @param words of which time
    /// @param width of a bar
    static Volume of(String title, String words, Duration width, List<Bar> bars) {
        long total = bars.stream().mapToLong(Bar::count).sum();
        Bar most = bars.stream().max(Comparator.comparingLong(Bar::count)).orElseThrow();
        boolean days = width.multipliedBy(bars.size()).compareTo(DAY) >= 0;
        String step = TimeRange.text(width);
        return new Volume(
                title,
                words + ", " + step + " buckets",
                title
                        + ", "
                        + words
                        + ": "
                        + Numbers.whole(total)
                        + (total == 0
                                ? ""
                                : ", at most "
                                        + Numbers.whole(most.count())
                                        + " within "
                                        + step
                                        + ", at "
                                        + Rows.full(most.at()).substring(0, MINUTES)
                                        + " UTC"),
                bars.getFirst().at().toEpochMilli(),
                bars.getLast().at().plus(width).toEpochMilli(),
                path(bars, Math.max(1, most.count())),
                ticks(bars, width, days),
                bars.reversed().stream()
                        .filter(bar -> bar.count() > 0)
                        .map(bar -> new Row(time(bar.at(), true), Numbers.whole(bar.count())))
                        .toList());
    }

    private static String path(List<Bar> bars, long most) {
        StringBuilder path = new StringBuilder();
        double width = WIDE / bars.size();
        for (int i = 0; i < bars.size(); i++) {
            long count = bars.get(i).count();
            if (count > 0) {
                path.append(
                        String.format(
                                Locale.ROOT,
                                "M%.1f 60h%.1fv-%.1fh-%.1fz",
                                i * width + width * 0.08,
                                width * 0.84,
                                Math.max(1.5, HIGH * count / most),
                                width * 0.84));
            }
        }
        return path.toString();
    }

    private static List<String> ticks(List<Bar> bars, Duration width, boolean days) {
        Instant from = bars.getFirst().at();
        Duration part = width.multipliedBy(bars.size()).dividedBy(TICKS);
        return IntStream.rangeClosed(0, TICKS)
                .mapToObj(i -> time(from.plus(part.multipliedBy(i)), days))
                .toList();
    }

    /// `06-01 12:00`, or `12:00:30`.
    private static String time(Instant at, boolean days) {
        return days ? Rows.full(at).substring(5, MINUTES) : Rows.clock(at);
    }
}

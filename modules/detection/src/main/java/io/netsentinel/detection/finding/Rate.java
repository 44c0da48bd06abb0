package io.netsentinel.detection.finding;

import java.util.Arrays;
import java.util.Optional;

/// How many events there are of something in each minute, and what is usual.
///
/// The usual is the median of the last half hour, its spread the median absolute deviation; what is
/// compared with it is smoothed (EWMA), so that a single minute is none. A minute is closed when
/// one three later has begun: events may be so late.
final class Rate {
    static final long WINDOW = 60_000;

    private static final int USUAL = 30;
    private static final int ENOUGH = 20;
    private static final int OPEN = 3;
    private static final double SMOOTHING = 0.5;

    /// From a median absolute deviation to the standard deviation of a normal distribution.
    private static final double NORMAL = 0.6745;

    private static final double OVER = 2;

    /// There are many of these: a minute with more than 65,535 counts as one with so many.
    private final char[] usual = new char[USUAL];

    private final int[] open = new int[OPEN + 1];
    private int known;
    private int next;
    private long newest = Long.MIN_VALUE;
    private double smoothed = -1;
    private int high;
    private int calm;
    private boolean held;

    /// What is out of the ordinary.
    ///
    /// @param window the number of the minute
    /// @param count how many there were
    /// @param usual how many there usually are
    /// @param deviation how many standard deviations that is
    record Odd(long window, int count, int usual, double deviation) {}

    /// When it is out of the ordinary, and for how long it has to be.
    record Limits(double deviation, int windows, int least) {}

    /// Counts one; closes minutes that are over.
    ///
    /// @return the one that made it out of the ordinary, or none of them
    Optional<Odd> add(long at, Limits limits) {
        long window = Math.floorDiv(at, WINDOW);
        if (newest == Long.MIN_VALUE) {
            newest = window;
        }
        if (window < newest - OPEN) {
            return Optional.empty();
        }
        Optional<Odd> found = Optional.empty();
        if (window > newest + USUAL + OPEN) {
            // nothing for so long: it begins anew
            Arrays.fill(open, 0);
            known = 0;
            high = 0;
            held = false;
            smoothed = -1;
            newest = window;
        }
        while (newest < window) {
            newest++;
            int slot = slot(newest);
            Optional<Odd> odd = close(newest - OPEN - 1, open[slot], limits);
            found = found.isPresent() ? found : odd;
            open[slot] = 0;
        }
        open[slot(window)]++;
        return found;
    }

    private static int slot(long window) {
        return (int) Math.floorMod(window, OPEN + 1L);
    }

    private Optional<Odd> close(long window, int count, Limits limits) {
        smoothed = smoothed < 0 ? count : SMOOTHING * count + (1 - SMOOTHING) * smoothed;
        if (known < ENOUGH) {
            learn(count);
            return Optional.empty();
        }
        char[] sorted = Arrays.copyOf(usual, Math.min(known, USUAL));
        Arrays.sort(sorted);
        int median = sorted[sorted.length / 2];
        double deviation = NORMAL * (smoothed - median) / spread(sorted, median);
        boolean odd = deviation > limits.deviation() && count >= limits.least();
        if (!odd) {
            high = 0;
            calm = deviation < OVER ? calm + 1 : 0;
            held &= calm < limits.windows();
            learn(count);
            return Optional.empty();
        }
        calm = 0;
        high++;
        if (high > USUAL) {
            // it has become the usual
            learn(count);
        }
        if (held || high < limits.windows()) {
            return Optional.empty();
        }
        held = true;
        return Optional.of(new Odd(window, count, median, deviation));
    }

    /// Counts scatter by their root at least.
    private static double spread(char[] sorted, int median) {
        int[] away = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            away[i] = Math.abs(sorted[i] - median);
        }
        Arrays.sort(away);
        return Math.max(away[away.length / 2], Math.max(1, NORMAL * Math.sqrt(median)));
    }

    private void learn(int count) {
        usual[next] = (char) Math.min(count, Character.MAX_VALUE);
        next = (next + 1) % USUAL;
        known = Math.min(USUAL, known + 1);
    }
}

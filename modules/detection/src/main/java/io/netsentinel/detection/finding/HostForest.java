package io.netsentinel.detection.finding;

import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.returntypes.DiVector;
import java.util.Arrays;

/// A random cut forest (Guha et al., ICML 2016) of minutes of all hosts, and what scores are usual.
///
/// A point is scored before it is learned. What is usual is the median of the last scores'
/// logarithms and their median absolute deviation: logarithms, because scores have a long tail
/// upwards, and medians, because the few that are odd must not raise it.
final class HostForest {
    private static final int TREES = 50;
    private static final int SAMPLE = 256;

    /// A sample remembers some ten thousand points.
    private static final double FORGETTING = 1.0 / 10_000;

    /// The same points make the same forest.
    private static final long SEED = 20_260_601;

    private static final int SCORES = 1_024;
    private static final double NORMAL = 0.6745;

    /// A spread of less than a tenth is that of too few scores.
    private static final double LEAST_SPREAD = 0.1;

    private static final double LEAST_SCORE = 0.01;

    private final RandomCutForest forest =
            RandomCutForest.builder()
                    .dimensions(HostMinute.NAMES.size())
                    .numberOfTrees(TREES)
                    .sampleSize(SAMPLE)
                    .timeDecay(FORGETTING)
                    .randomSeed(SEED)
                    .parallelExecutionEnabled(false)
                    .build();

    private final double[] scores = new double[SCORES];
    private long learned;
    private double median;
    private double spread = LEAST_SPREAD;

    /// What is thought of a point.
    ///
    /// @param score of the forest; the usual is about 1
    /// @param deviation how far above the usual, in standard deviations
    record Opinion(double score, double deviation) {}

    /// Scores a point.
    Opinion judge(float[] point) {
        double score = forest.getAnomalyScore(point);
        return new Opinion(score, (log(score) - median) / spread);
    }

    /// Learns a point.
    void learn(float[] point, double score) {
        forest.update(point);
        scores[(int) (learned % SCORES)] = log(score);
        learned++;
        // every point in the beginning, later it hardly moves
        if (learned <= SCORES || learned % (SCORES / 16) == 0) {
            usual();
        }
    }

    private static double log(double score) {
        return Math.log(Math.max(LEAST_SCORE, score));
    }

    private void usual() {
        double[] sorted = Arrays.copyOf(scores, (int) Math.min(learned, SCORES));
        Arrays.sort(sorted);
        median = sorted[sorted.length / 2];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = Math.abs(sorted[i] - median);
        }
        Arrays.sort(sorted);
        spread = Math.max(LEAST_SPREAD, sorted[sorted.length / 2] / NORMAL);
    }

    /// Whether a point is odd because there is more of something, not less.
    boolean isMore(float[] point) {
        DiVector parts = forest.getAnomalyAttribution(point);
        return Arrays.stream(parts.high).sum() > Arrays.stream(parts.low).sum();
    }

    /// Which of the figures makes a point odd, the most first.
    int[] reasons(float[] point) {
        DiVector parts = forest.getAnomalyAttribution(point);
        return java.util.stream.IntStream.range(0, point.length)
                .boxed()
                .sorted((a, b) -> Double.compare(parts.getHighLowSum(b), parts.getHighLowSum(a)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /// Points learned.
    long learned() {
        return learned;
    }

    /// The usual score.
    double median() {
        return Math.exp(median);
    }

    /// The score so many standard deviations above the usual.
    double at(double deviation) {
        return Math.exp(median + deviation * spread);
    }
}

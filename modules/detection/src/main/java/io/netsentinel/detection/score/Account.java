package io.netsentinel.detection.score;

import io.netsentinel.detection.RiskSum;
import io.netsentinel.detection.ScoreBoard.Reason;
import io.netsentinel.detection.ScoreBoard.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is told about one host, sensor or network, as far as it weighs.
///
/// Everything loses weight at the same pace, so which of two weighs more never changes: the hundred
/// that weigh most are kept, and no other will ever matter.
final class Account {
    private static final int MOST_REASONS = 5;
    private static final Comparator<Weight> HEAVIEST =
            Comparator.comparingDouble(Weight::rank).reversed().thenComparing(Weight::id);

    private final List<Weight> weights = new ArrayList<>(2);
    private long last = Long.MIN_VALUE;

    /// One alert or finding.
    ///
    /// @param rank the logarithm of its score, and its time in half-lives: who has more weighs
    ///   more, at any time
    record Weight(double rank, int score, String rule, String title, String id) {
        static double rankOf(int score, double halfLives) {
            return Math.log(score) / Math.log(2) + halfLives;
        }
    }

    void add(Weight weight, long time) {
        last = Math.max(last, time);
        int at = 0;
        while (at < weights.size() && HEAVIEST.compare(weights.get(at), weight) <= 0) {
            at++;
        }
        weights.add(at, weight);
        if (weights.size() > RiskSum.MOST) {
            weights.removeLast();
        }
    }

    /// @param halfLives the time now
    int score(double halfLives) {
        return RiskSum.of(decayed(halfLives));
    }

    private List<Integer> decayed(double halfLives) {
        List<Integer> scores = new ArrayList<>(weights.size());
        for (Weight weight : weights) {
            int score = (int) Math.round(Math.pow(2, weight.rank() - halfLives));
            if (score < 1) {
                break;
            }
            scores.add(Math.min(100, score));
        }
        return scores;
    }

    /// Whether nothing of it weighs anything any more.
    boolean spent(double halfLives) {
        return decayed(halfLives).isEmpty();
    }

    Standing standing(String name, double halfLives) {
        List<Integer> scores = decayed(halfLives);
        return new Standing(
                name,
                RiskSum.of(scores),
                RiskSum.why(scores),
                Instant.ofEpochMilli(last == Long.MIN_VALUE ? 0 : last),
                reasons(scores.size()));
    }

    private List<Reason> reasons(int weighing) {
        Map<String, Reason> reasons = new LinkedHashMap<>();
        for (Weight weight : weights.subList(0, weighing)) {
            reasons.merge(
                    weight.rule(),
                    new Reason(weight.rule(), weight.title(), 1, weight.score(), weight.id()),
                    (first, _) ->
                            new Reason(
                                    first.rule(),
                                    first.title(),
                                    first.count() + 1,
                                    first.score(),
                                    first.id()));
        }
        return reasons.values().stream().limit(MOST_REASONS).toList();
    }
}

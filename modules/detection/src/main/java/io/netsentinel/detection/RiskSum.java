package io.netsentinel.detection;

import java.util.List;

/// Many scores as one, by a zeta sum as Elastic's risk engine has it: sorted descending, Σ
/// sᵢ/i^1.5, divided by what the sum comes to when all are 1 and there is no end of them.
public final class RiskSum {
    /// Scores after this many add less than half a point, whatever they are.
    public static final int MOST = 100;

    private static final double EXPONENT = 1.5;
    private static final double WHOLE = 2.5924;

    private RiskSum() {}

    /// The sum.
    ///
    /// @param descending scores from 0 to 100, the highest first
    public static int of(List<Integer> descending) {
        double sum = 0;
        for (int i = 0; i < descending.size(); i++) {
            sum += descending.get(i) / Math.pow(i + 1, EXPONENT);
        }
        return Math.clamp(Math.round(sum / WHOLE), 0, 100);
    }

    /// How [#of] comes to its number, for people.
    public static String why(List<Integer> descending) {
        if (descending.isEmpty()) {
            return "no evidence";
        }
        String first =
                String.join(
                        ", ",
                        descending.stream().limit(5).map(score -> String.valueOf(score)).toList());
        return "sum of score / rank^1.5 over "
                + (descending.size() == MOST ? "the " + MOST + " highest" : descending.size())
                + " ("
                + first
                + (descending.size() > 5 ? ", …" : "")
                + ") / 2.5924 = "
                + of(descending);
    }
}

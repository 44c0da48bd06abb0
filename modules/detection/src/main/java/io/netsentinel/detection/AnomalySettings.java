package io.netsentinel.detection;

/// What is out of the ordinary, but no attack by itself.
///
/// @param beaconConnections so many connections it takes to call them regular
/// @param beaconRegular how regular they must be, percent
/// @param rateDeviation how many standard deviations above the usual a rate must be, in tenths
/// @param rateMinutes for how many minutes in a row
/// @param rateLeast a rate below so many events in a minute is none
/// @param model whether a model learns what hosts usually do
/// @param modelTraining from so many minutes of hosts it learns before it judges any
/// @param modelDeviation how many standard deviations above the usual score a minute must be, in
///   tenths
public record AnomalySettings(
        int beaconConnections,
        int beaconRegular,
        int rateDeviation,
        int rateMinutes,
        int rateLeast,
        boolean model,
        int modelTraining,
        int modelDeviation) {
    private static final int MOST_BEATS = 60;

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException when one is out of its range, naming it
    public AnomalySettings {
        if (beaconConnections < 8 || beaconConnections > MOST_BEATS) {
            throw new IllegalArgumentException("beacon.connections: 8 to " + MOST_BEATS);
        }
        if (beaconRegular < 50 || beaconRegular > 100) {
            throw new IllegalArgumentException("beacon.regular: 50 to 100");
        }
        if (rateDeviation < 10 || rateDeviation > 1_000) {
            throw new IllegalArgumentException("rate.deviation: 10 to 1000");
        }
        DetectionSettings.between("rate.minutes", rateMinutes, 30);
        DetectionSettings.between("rate.least", rateLeast, 1_000_000);
        if (modelTraining < 100 || modelTraining > 1_000_000) {
            throw new IllegalArgumentException("model.training: 100 to 1000000");
        }
        if (modelDeviation < 10 || modelDeviation > 1_000) {
            throw new IllegalArgumentException("model.deviation: 10 to 1000");
        }
    }

    /// 20 connections regular to 90 %; 3.5 deviations for 3 minutes, from 100 events in a minute;
    /// no model.
    public static AnomalySettings defaults() {
        return new AnomalySettings(20, 90, 35, 3, 100, false, 1_000, 50);
    }

    /// The same with a model.
    public AnomalySettings withModel(int training, int deviation) {
        return new AnomalySettings(
                beaconConnections,
                beaconRegular,
                rateDeviation,
                rateMinutes,
                rateLeast,
                true,
                training,
                deviation);
    }
}

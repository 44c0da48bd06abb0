package io.netsentinel.app.config;

import static io.netsentinel.app.config.ValueTypes.count;

import io.netsentinel.detection.AnomalySettings;

/// The settings under `detection` of what is out of the ordinary, but no attack by itself.
public final class AnomalyKeys {
    private static final AnomalySettings ANOMALIES = AnomalySettings.defaults();
    private static final String A_NUMBER = "a number";

    public static final Key<Integer> BEACON_CONNECTIONS =
            Key.of(
                    "detection.beacon.connections",
                    count(A_NUMBER, 8, 60),
                    ANOMALIES.beaconConnections(),
                    "How many connections of a host inside to one service outside it takes to call them regular.");
    public static final Key<Integer> BEACON_REGULAR =
            Key.of(
                    "detection.beacon.regular",
                    count("percent", 50, 100),
                    ANOMALIES.beaconRegular(),
                    "How regular they must be, in time and in size.");
    public static final Key<Integer> RATE_DEVIATION =
            Key.of(
                    "detection.rate.deviation",
                    count("tenths", 10, 1_000),
                    ANOMALIES.rateDeviation(),
                    "How many standard deviations above the usual the events of a minute must be, in tenths: 35 is 3.5.");
    public static final Key<Integer> RATE_MINUTES =
            Key.of(
                    "detection.rate.minutes",
                    count(A_NUMBER, 2, 30),
                    ANOMALIES.rateMinutes(),
                    "For how many minutes in a row.");
    public static final Key<Integer> RATE_LEAST =
            Key.of(
                    "detection.rate.least",
                    count(A_NUMBER, 2, 1_000_000),
                    ANOMALIES.rateLeast(),
                    "Fewer events in a minute are never too many.");

    public static final Key<Boolean> MODEL =
            Key.of(
                    "detection.model.enabled",
                    ValueTypes.FLAG,
                    ANOMALIES.model(),
                    "Whether a model learns what minutes of hosts inside look like and tells of those that do not.");
    public static final Key<Integer> MODEL_TRAINING =
            Key.of(
                    "detection.model.training",
                    count(A_NUMBER, 100, 1_000_000),
                    ANOMALIES.modelTraining(),
                    "From how many minutes of hosts it learns before it judges any.");
    public static final Key<Integer> MODEL_DEVIATION =
            Key.of(
                    "detection.model.deviation",
                    count("tenths", 10, 1_000),
                    ANOMALIES.modelDeviation(),
                    "How many standard deviations above the usual score a minute must be, in tenths.");

    private AnomalyKeys() {}
}

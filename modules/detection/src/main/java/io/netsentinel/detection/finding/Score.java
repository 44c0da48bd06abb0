package io.netsentinel.detection.finding;

/// A score and how it comes about.
record Score(int value, String why) {
    /// Of a rule that counts what is hardly ever innocent.
    static final Score MAJOR = new Score(73, "Major 73 x confidence High 1.0 = 73");
}
